#!/usr/bin/env bash
# The identity service at Keycloak, a provider that many authorities run as their bridge to BundID:
# code flow, keys changed while both run, log-out from either side. By `make test-keycloak`, because
# Keycloak takes half a minute to start; it and all it writes stay below target/keycloak.
#
# Needs Java 17 or newer, Maven (which fetches Keycloak from Maven Central) and Node; installs them
# from Debian when it runs as root.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/target/keycloak
version=26.0.8
export KEYCLOAK=$work/keycloak-$version
export FAIRTERMIN=${FAIRTERMIN:-$root/target/debug/fairtermin}
[ -n "${FAIRTERMIN_BUILT:-}" ] || (cd "$root" && cargo build --locked --quiet -p fairtermin)

missing=
for program in java mvn node npm unzip; do command -v $program >/dev/null || missing="$missing $program"; done
if [ -n "$missing" ]; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "not installed:$missing (apt-get install openjdk-17-jre-headless maven nodejs npm unzip)" >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null
  apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless maven nodejs npm unzip >/dev/null
fi

mkdir -p "$work"
if [ ! -x "$KEYCLOAK/bin/kc.sh" ]; then
  archive=keycloak-quarkus-dist-$version.zip
  [ -e "$work/$archive" ] || mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
    -Dartifact=org.keycloak:keycloak-quarkus-dist:$version:zip -DoutputDirectory="$work" >/dev/null
  unzip -q -o "$work/$archive" -d "$work"
fi
if ! cmp -s "$here/../oidc/package.json" "$work/package.json"; then
  cp "$here/../oidc/package.json" "$work/"
  npm install --prefix "$work" --silent --no-audit --no-fund --no-package-lock
fi

# Node looks for packages beside the script, so the scripts run from where the packages are.
cp "$here"/*.mjs "$here/../oidc/browser.mjs" "$work/"
run=$(mktemp -d "$work/run.XXXXXX")
trap 'rm -rf "$run"' EXIT
if ! (cd "$work" && NODE_NO_WARNINGS=1 node test.mjs "$run") >"$run/output" 2>&1; then
  cat "$run/output" >&2
  for log in identity keycloak; do [ ! -e "$run/$log.log" ] || tail -n 30 "$run/$log.log" >&2; done
  exit 1
fi
[ "${1:-}" != "--verbose" ] || cat "$run/output"
