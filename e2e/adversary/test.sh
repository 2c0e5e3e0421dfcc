#!/usr/bin/env bash
# The hostile suite: plays the trader against real services, two replicas of each, on PostgreSQL, Redis
# and RabbitMQ, with an OpenID provider of its own. Prints a table; fails on any success beyond what
# is allowed. See README.md.
#
#   FAIRTERMIN        another program than target/debug/fairtermin
#   ADVERSARY_OLDER=1 it is release a3057d7, in which attacks are meant to succeed
#
# Arguments go to play.py: --only WORD... plays the attacks whose file names contain one of the words.
. "$(dirname "$0")/../processes.sh"
. e2e/python_env.sh
environment=${CARGO_TARGET_DIR:-target}/adversary
python_env "$environment" e2e/adversary/requirements.txt

# A broker that is ours keeps this run's events apart from those of other suites.
export FAIRTERMIN=$fairtermin
PYTHONDONTWRITEBYTECODE=1 "$environment/bin/python" e2e/adversary/play.py "$work" "$@"
