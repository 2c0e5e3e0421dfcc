#!/usr/bin/env bash
# Connects the identity service to what we did not write, over real HTTP:
#
# * towards providers: `oidc-provider` (npm, certified) as BundID and as eID service, with
#   private_key_jwt, PAR, `iss`, custom claims, `acr` and back-channel log-out,
# * towards clients: `openid-client` (npm) and `authlib` (PyPI) run both of our flows,
# * towards agencies: `openid-client` keeps to the FAPI 2.0 Security Profile (PAR, DPoP, private_key_jwt) and books
#   at a slot service of the demo; then a thief tries what was on the way (fapi.mjs).
#
# Quiet if all is well. Needs Node, Python 3 and the registries the first time; everything it
# installs and writes stays below target/oidc. FAIRTERMIN names another binary than
# target/debug/fairtermin.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work="$root/target/oidc"
export FAIRTERMIN=${FAIRTERMIN:-$root/target/debug/fairtermin}
[ -x "$FAIRTERMIN" ] || (cd "$root" && cargo build --locked --quiet -p fairtermin)

# installed NAME FILE: whether NAME was installed from this content of FILE.
stamp() { echo "$work/$1-$(cksum <"$here/$2" | tr ' ' '-')"; }
mkdir -p "$work"
if [ ! -e "$(stamp node package.json)" ]; then
    cp "$here/package.json" "$work/"
    npm install --prefix "$work" --silent --no-audit --no-fund --no-package-lock
    touch "$(stamp node package.json)"
fi
. "$here/../python_env.sh"
python_env "$work/env" "$here/requirements.txt"

# Node looks for packages beside the script, so the scripts run from where the packages are.
cp "$here"/*.mjs "$here"/*.py "$work/"
run=$(mktemp -d "$work/run.XXXXXX")
trap 'rm -rf "$run"' EXIT
export NODE_NO_WARNINGS=1 PYTHON="$work/env/bin/python"
if ! (cd "$work" && node test.mjs "$run" && node fapi.mjs "$run") >"$run/output" 2>&1; then
    cat "$run/output" >&2
    [ ! -e "$run/identity.log" ] || tail -n 40 "$run/identity.log" >&2
    exit 1
fi
if [ "${1:-}" = "--verbose" ]; then cat "$run/output"; fi
