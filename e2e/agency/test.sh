#!/usr/bin/env bash
# What another agency's developers do, against the demo:
#
# * the quick start of services/slot/README.md, as it stands there (curl, jq),
# * a client for Python and one for TypeScript, made by public generators (openapi-python-client,
#   hey-api) from the OpenAPI document alone: both book and cancel,
# * schemathesis (PyPI) calls every operation with what its document allows and does not: no 5xx,
#   no undocumented status, every body as its schema says.
#
# Quiet about what it installs below target/agency. FAIRTERMIN names another binary than
# target/debug/fairtermin.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work="$root/target/agency"
export FAIRTERMIN=${FAIRTERMIN:-$root/target/debug/fairtermin}
[ -x "$FAIRTERMIN" ] || (cd "$root" && cargo build --locked --quiet -p fairtermin)

missing=()
for tool in curl jq; do command -v "$tool" >/dev/null || missing+=("$tool"); done
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" -ne 0 ]; then echo "apt-get install ${missing[*]}" >&2; exit 1; fi
    apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# installed NAME FILE: whether NAME was installed from this content of FILE.
stamp() { echo "$work/$1-$(cksum <"$here/$2" | tr ' ' '-')"; }
mkdir -p "$work"
if [ ! -e "$(stamp node package-lock.json)" ]; then
    cp "$here/package.json" "$here/package-lock.json" "$work/"
    npm ci --prefix "$work" --silent --no-audit --no-fund
    touch "$(stamp node package-lock.json)"
fi
if [ ! -e "$(stamp python requirements.txt)" ]; then
    python3 -m venv --clear "$work/env"
    "$work/env/bin/pip" --quiet --disable-pip-version-check install --no-compile -r "$here/requirements.txt"
    touch "$(stamp python requirements.txt)"
fi

run=$(mktemp -d "$work/run.XXXXXX")
trap 'rm -rf "$run"' EXIT
cp "$here/book.ts" "$work/"
cp "$here/book.py" "$run/"
if ! "$work/env/bin/python" "$here/run.py" "$work" "$run"; then
    [ ! -e "$run/demo.log" ] || tail -n 20 "$run/demo.log" >&2
    exit 1
fi
