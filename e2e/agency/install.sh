# Sourced by suites that speak to the APIs as other agencies do: installs what they need, once per
# change of its lists. Leaves the Python environment in $agency_env, everything else in
# $agency_work.
agency_here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
agency_work=${CARGO_TARGET_DIR:-$agency_here/../../target}/agency
agency_env=$agency_work/env

missing=()
for tool in curl jq; do command -v "$tool" >/dev/null || missing+=("$tool"); done
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" -ne 0 ]; then echo "missing: apt-get install ${missing[*]}" >&2; exit 1; fi
    apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# stamp NAME FILE: exists if NAME was installed from this content of FILE.
stamp() { echo "$agency_work/$1-$(cksum <"$agency_here/$2" | tr ' ' '-')"; }
mkdir -p "$agency_work"
if [ ! -e "$(stamp node package-lock.json)" ]; then
    cp "$agency_here/package.json" "$agency_here/package-lock.json" "$agency_work/"
    npm ci --prefix "$agency_work" --silent --no-audit --no-fund
    touch "$(stamp node package-lock.json)"
fi
. "$agency_here/../python_env.sh"
python_env "$agency_env" "$agency_here/requirements.txt"
