#!/usr/bin/env bash
# Our webhooks against a receiver that we did not write: `standardwebhooks` (PyPI) verifies each
# signature, and refuses what was changed on the way. Quiet when fine.
set -euo pipefail
cd "$(dirname "$0")/../.."

. e2e/python_env.sh
venv=$PWD/target/e2e-webhooks
python_env "$venv" e2e/webhooks/requirements.txt

# Within `make test` everything is built for the whole workspace; alone, the one crate is enough.
scope=(-p notification)
[ -z "${FAIRTERMIN_BUILT:-}" ] || scope=(--workspace)
exec "$venv/bin/python" e2e/webhooks/check.py \
  cargo test --locked --quiet "${scope[@]}" --test it -- --ignored standard_webhooks::
