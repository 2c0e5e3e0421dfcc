#!/usr/bin/env bash
# The FHIR view of the demo, through a FHIR client, each answer validated by HAPI's validator for FHIR R4. By
# `make test-fhir`, because the validator is 145 MB from Maven Central; `make test` reads the same answers with
# fhirpy and fhir.resources (e2e/agency).
#
# Needs a JDK 17 or newer and Maven; installs them from Debian when it runs as root. Everything stays below
# target/fhir. FAIRTERMIN names another binary than target/debug/fairtermin.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${CARGO_TARGET_DIR:-$root/target}/fhir
export FAIRTERMIN=${FAIRTERMIN:-$root/target/debug/fairtermin}
[ -n "${FAIRTERMIN_BUILT:-}" ] || (cd "$root" && cargo build --locked --quiet -p fairtermin)

missing=
for program in javac mvn; do command -v $program >/dev/null || missing="$missing $program"; done
if [ -n "$missing" ]; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "not installed:$missing (apt-get install openjdk-17-jdk-headless maven)" >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null
  apt-get install -y -qq --no-install-recommends openjdk-17-jdk-headless maven >/dev/null
fi

mkdir -p "$work"
made=$work/lib-$(cksum <"$here/pom.xml" | tr ' ' '-')
if [ ! -d "$made" ]; then
  mvn -q -B -f "$here/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies \
    -DoutputDirectory="$made.part" >/dev/null
  mv "$made.part" "$made"
fi

. "$here/../agency/install.sh"
run=$(mktemp -d "$work/run.XXXXXX")
trap 'rm -rf "$run"' EXIT
mkdir "$run/samples"
if ! "$agency_env/bin/python" "$here/samples.py" "$run" "$run/samples"; then
  [ ! -e "$run/demo.log" ] || tail -n 20 "$run/demo.log" >&2
  exit 1
fi
java -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp "$made/*" "$here/Validate.java" "$run/samples"
