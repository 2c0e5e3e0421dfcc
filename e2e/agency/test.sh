#!/usr/bin/env bash
# What another agency's developers do, against the demo:
#
# * the quick start of services/slot/api/README.md, as it stands there (curl, jq),
# * a person lets a program book for them (token exchange, RFC 8693): with curl, and with authlib,
# * the signed list of authorities, verified with joserfc, leads to each of them,
# * a client for Python and one for TypeScript, made by public generators (openapi-python-client,
#   hey-api) from the OpenAPI document alone: both book, move and cancel,
# * a calendar parser (icalendar, PyPI) reads a clerk's calendar; a FHIR client (fhirpy, PyPI) searches, pages, finds,
#   holds, books and cancels, and a FHIR library (fhir.resources, PyPI) reads each answer (e2e/fhir validates them),
# * schemathesis (PyPI) calls every operation with what its document allows and does not: no 5xx,
#   no undocumented status, every body as its schema says. For the slot service this is contract.py,
#   which another authority can run against an implementation of its own.
#
# Quiet about what it installs below target/agency. FAIRTERMIN names another binary than
# target/debug/fairtermin.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export FAIRTERMIN=${FAIRTERMIN:-$root/target/debug/fairtermin}
[ -x "$FAIRTERMIN" ] || (cd "$root" && cargo build --locked --quiet -p fairtermin)

. "$here/install.sh"

run=$(mktemp -d "$agency_work/run.XXXXXX")
trap 'rm -rf "$run"' EXIT
cp "$here/book.ts" "$agency_work/"
cp "$here/book.py" "$run/"
if ! "$agency_env/bin/python" "$here/run.py" "$agency_work" "$run"; then
    [ ! -e "$run/demo.log" ] || tail -n 20 "$run/demo.log" >&2
    exit 1
fi
