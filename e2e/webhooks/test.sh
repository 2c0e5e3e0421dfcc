#!/usr/bin/env bash
# Our webhooks against a receiver that we did not write: `standardwebhooks` (PyPI) verifies each
# signature, and refuses what was changed on the way. Quiet when fine.
set -euo pipefail
cd "$(dirname "$0")/../.."

venv=$PWD/target/e2e-webhooks
if [ ! -e "$venv/ready" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r e2e/webhooks/requirements.txt
  touch "$venv/ready"
fi

# Within `make test` everything is built for the whole workspace; alone, the one crate is enough.
scope=(-p notification)
[ -z "${FAIRTERMIN_BUILT:-}" ] || scope=(--workspace)
exec "$venv/bin/python" e2e/webhooks/check.py \
  cargo test --locked --quiet "${scope[@]}" --test it standard_webhooks::
