#!/usr/bin/env bash
# Every test of the project, against real engines; called by `make test` after the lint.
#
# Order: the whole-system checks first, cargo's own tests last, so that the output ends with the
# test runner's closing lines.
set -euo pipefail
cd "$(dirname "$0")/.."

# Says what begins and how many seconds have passed, so that one sees what takes long.
step() { printf '\n== %s (after %d s)\n' "$*" "$SECONDS"; }

step "engines"
engines=$(e2e/services.sh start)
eval "$engines"
trap 'e2e/services.sh stop' EXIT
export FAIRTERMIN_BUILT=1

step "build"
# With the tests: what only they need changes features, and would build everything twice.
cargo build --locked --workspace --all-targets --quiet

for suite in draw release chart alerts mail webhooks oidc browser agency documents federation outage trace; do
  [ -x "e2e/$suite/test.sh" ] || continue
  step "$suite: e2e/$suite/test.sh"
  "e2e/$suite/test.sh"
done

step "adversary: e2e/adversary/test.sh --known"
e2e/adversary/test.sh --known

step "chaos: e2e/chaos/test.sh --short --seconds 60"
e2e/chaos/test.sh --short --seconds 60

step "the tour, all in one process"
target/debug/fairtermin demo --tour

step "the tour, four processes on PostgreSQL, Redis and RabbitMQ"
e2e/tour-services.sh

step "cargo test"
# Most tests wait for a tick, a lease or an engine: more of them at once than there are cores.
RUST_TEST_THREADS=$(($(nproc) * 2))
export RUST_TEST_THREADS
cargo test --locked --workspace --no-fail-fast
