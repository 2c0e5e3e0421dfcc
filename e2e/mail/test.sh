#!/usr/bin/env bash
# The notification service against programs that we did not write: a mail server (aiosmtpd) that
# misbehaves at first, and a calendar parser (icalendar) that reads every file. Quiet when fine.
set -euo pipefail
cd "$(dirname "$0")/../.."

venv=$PWD/target/e2e-mail
if [ ! -e "$venv/ready" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r e2e/mail/requirements.txt
  touch "$venv/ready"
fi

# Within `make test` everything is built for the whole workspace; alone, the one crate is enough.
scope=(-p notification)
[ -z "${FAIRTERMIN_BUILT:-}" ] || scope=(--workspace)
exec "$venv/bin/python" e2e/mail/check.py \
  cargo test --locked --quiet "${scope[@]}" --test it smtp::over_a_real_server
