#!/usr/bin/env bash
# Whether every document that the services serve is true and complete, by programs that we did not write, against the
# demo:
#
# * redocly and spectral lint the OpenAPI documents of all four services by the rules in redocly.yaml and spectral.yaml:
#   no error and no warning,
# * AsyncAPI's own parser reads the document of the events, as the slot and the identity service serve it,
# * openapi-typescript and tsc (strict), and openapi-python-client make clients of all four that compile,
# * the examples are requests that the demo answers, every problem that a document names has its page, and HEAD, OPTIONS
#   and scripts of other pages get what the documents promise.
#
# Installs what it needs below target/documents and target/agency. FAIRTERMIN names another binary than
# target/debug/fairtermin.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export FAIRTERMIN=${FAIRTERMIN:-$root/target/debug/fairtermin}
[ -x "$FAIRTERMIN" ] || (cd "$root" && cargo build --locked --quiet -p fairtermin)

. "$root/e2e/agency/install.sh"
work=${CARGO_TARGET_DIR:-$root/target}/documents
mkdir -p "$work"
made="$work/made-$(cksum <"$here/package.json" | tr ' ' '-')"
if [ ! -e "$made" ]; then
    cp "$here/package.json" "$work/"
    (cd "$work" && npm install --silent --no-audit --no-fund)
    touch "$made"
fi
cp "$here/redocly.yaml" "$here/spectral.yaml" "$here/events.mjs" "$here/types.ts" "$work/"
# Neither tells anybody what it lints, nor asks for a newer version of itself.
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true

run=$(mktemp -d "$work/run.XXXXXX")
trap 'rm -rf "$run"' EXIT
if ! PYTHONPATH="$root/e2e/agency" "$agency_env/bin/python" "$here/check.py" "$work" "$run"; then
    [ ! -e "$run/demo.log" ] || tail -n 20 "$run/demo.log" >&2
    exit 1
fi
