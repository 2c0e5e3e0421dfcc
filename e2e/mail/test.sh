#!/usr/bin/env bash
# The notification service against programs that we did not write: a mail server (aiosmtpd) that
# misbehaves at first, and a calendar parser (icalendar) that reads every file. Quiet when fine.
set -euo pipefail
cd "$(dirname "$0")/../.."

. e2e/python_env.sh
venv=$PWD/target/e2e-mail
python_env "$venv" e2e/mail/requirements.txt

# Within `make test` everything is built for the whole workspace; alone, the one crate is enough.
scope=(-p notification)
[ -z "${FAIRTERMIN_BUILT:-}" ] || scope=(--workspace)
exec "$venv/bin/python" e2e/mail/check.py \
  cargo test --locked --quiet "${scope[@]}" --test it -- --ignored smtp::over_a_real_server
