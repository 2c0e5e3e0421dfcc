#!/usr/bin/env bash
# The benchmark: builds with optimisation, starts engines of its own (PostgreSQL flushes each
# commit to disk, as in production), measures, and writes target/bench.json. Takes some minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."

# A large draw needs no engines. A missed target is said, and the other numbers are still taken.
if [ "${ONLY:-draw}" = draw ]; then
  cargo build --locked --release --quiet -p draw --example large
  target/release/examples/large target/large-draw.json || echo "bench: the draw misses a target"
  node e2e/draw/verify_browser.mjs --time target/large-draw.json || echo "bench: the browser's verifier found something wrong"
  [ -z "${ONLY:-}" ] || exit 0
fi

echo "bench: building with optimisation (the first time takes a while) ..."
cargo build --locked --release --quiet -p fairtermin -p bench
engines=$(FAIRTERMIN_TEST_FSYNC=on e2e/services.sh start)
eval "$engines"
trap 'e2e/services.sh stop' EXIT
pg_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
pg_bin=${pg_bin:-$(dirname "$(command -v pgbench)")}
target/release/bench run --fairtermin target/release/fairtermin --pg-bin "$pg_bin" --json target/bench.json
