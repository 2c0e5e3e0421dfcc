#!/usr/bin/env bash
# Kills every process and every engine, in turn and in pairs, while people book; then counts. See README.md.
#
#   e2e/chaos/test.sh [--seconds N] [--seed N]     N 600 if left out; the same seed kills in the same order
#   FAIRTERMIN                                     another program than target/debug/fairtermin
set -euo pipefail
# Engines of its own, to be killed. The cluster of Redis takes no part.
unset "${!FAIRTERMIN_TEST_@}"
export FAIRTERMIN_TEST_REDIS_CLUSTER=none
. "$(dirname "$0")/../processes.sh"
. e2e/python_env.sh
environment=${CARGO_TARGET_DIR:-target}/adversary
python_env "$environment" e2e/adversary/requirements.txt

export FAIRTERMIN=$fairtermin PYTHONPATH=e2e/adversary PYTHONDONTWRITEBYTECODE=1
"$environment/bin/python" e2e/chaos/run.py "$work" "$@"
