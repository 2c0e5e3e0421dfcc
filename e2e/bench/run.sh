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

# Confirms are compared with those of an older release, built from the history where that is there.
older=target/older-release older_commit=a3057d7
if [ ! -x $older/fairtermin ] && [[ "${ONLY:-confirm}" = confirm ]] && git cat-file -e $older_commit 2>/dev/null; then
  echo "bench: building the older release $older_commit (once) ..."
  rm -rf $older && mkdir -p $older/source
  git archive $older_commit | tar -x -C $older/source
  # A target folder of its own: Cargo would take crates of the same name and version for the same.
  (export CARGO_TARGET_DIR=target && cd $older/source && cargo build --locked --release --quiet -p fairtermin)
  cp $older/source/target/release/fairtermin $older/source/charts/fairtermin/values-lea.yaml $older/
  rm -rf $older/source
fi

echo "bench: building with optimisation (the first time takes a while) ..."
cargo build --locked --release --quiet -p fairtermin -p bench
engines=$(FAIRTERMIN_TEST_FSYNC=on e2e/services.sh start)
eval "$engines"
trap 'e2e/services.sh stop' EXIT
pg_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
pg_bin=${pg_bin:-$(dirname "$(command -v pgbench)")}
[ -x $older/fairtermin ] && compare="--older $older" || compare=
# shellcheck disable=SC2086 # nothing or two words
target/release/bench run $compare --fairtermin target/release/fairtermin --pg-bin "$pg_bin" --json target/bench.json
