#!/bin/sh
# Tests charts/fairtermin with real Helm (3 and 4), the Kubernetes schemas and checkov.
#
#   e2e/chart/test.sh            quiet if all is well
#   e2e/chart/test.sh --update   also writes refusals.snapshot.txt and the chart's VALUES.md
#
# Needs Python 3 and PyPI the first time; keeps its environments below target/chart. The rendered
# manifests stay there as <preset>.yaml.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work="$here/../../target/chart"
mkdir -p "$work"

. "$here/../python_env.sh"
python_env "$work/checkov-env" "$here/requirements-checkov.txt" &
checkov_ready=$!
trap wait EXIT
python_env "$work/env" "$here/requirements.txt"
PYTHONDONTWRITEBYTECODE=1 "$work/env/bin/python" "$here/test.py" "$work" "$@"
wait "$checkov_ready"

# CKV_K8S_14, 43: tag and digest. Presets name a version; the digest is the operator's (values.yaml).
# CKV_K8S_15: always pull. A version's tag does not move, and a digest cannot.
# CKV_K8S_11: CPU limit. It throttles the very moment at which a new day opens; requests suffice.
# CKV_K8S_38: no service account token. Only slot has one, for its catalogue, Events and Lease;
# test.py asserts that the others have none.
set -- --framework kubernetes --skip-download --compact --quiet \
    --skip-check CKV_K8S_11,CKV_K8S_14,CKV_K8S_15,CKV_K8S_38,CKV_K8S_43
for manifests in "$work"/*.yaml; do set -- "$@" -f "$manifests"; done
"$work/checkov-env/bin/checkov" "$@" >"$work/checkov.txt" 2>&1 || { cat "$work/checkov.txt" >&2; exit 1; }
