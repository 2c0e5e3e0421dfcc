#!/bin/sh
# Walks through the demo in a real browser, as a citizen and as a clerk.
#
#   e2e/browser/test.sh            starts a demo of its own and stops it again
#   e2e/browser/test.sh BASE_URL   uses a running one (the portal's address, as make demo prints it)
#   e2e/browser/test.sh BASE_URL FILE...   the same with these tests instead of those of this folder
#
# Installs what it needs below target/ (and Debian's chromium, if root and absent). The pages that
# it saw stay in target/e2e-browser/pages.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$here/../../target}
modules=$target/e2e-browser

browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
if [ -z "$browser" ]; then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null
    # Noto draws Arabic; the page brings the fonts for everything else.
    apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null
    browser=$(command -v chromium)
  else
    echo "no browser: apt-get install chromium fonts-noto-core, or set CHROMIUM" >&2
    exit 1
  fi
fi

mkdir -p "$modules"
if ! cmp -s "$here/package-lock.json" "$modules/package-lock.json"; then
  cp "$here/package.json" "$here/package-lock.json" "$modules/"
  (cd "$modules" && npm ci --silent --no-audit --no-fund)
fi

base=${1:-}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- "$here"/*.test.mjs
if [ -z "$base" ]; then
  fairtermin=${CARGO_TARGET_DIR:-$here/../../target}/debug/fairtermin
  [ -n "${FAIRTERMIN_BUILT:-}" ] || (cd "$here/../.." && cargo build --locked --quiet -p fairtermin)
  "$fairtermin" demo --port 0 >"$modules/demo.log" 2>&1 &
  demo=$!
  trap 'kill $demo 2>/dev/null; wait $demo 2>/dev/null || true' EXIT
  for _ in $(seq 100); do
    base=$(sed -n 's/^ *Open *//p' "$modules/demo.log")
    [ -z "$base" ] || break
    kill -0 $demo 2>/dev/null || { cat "$modules/demo.log" >&2; exit 1; }
    sleep 0.1
  done
  [ -n "$base" ] || { cat "$modules/demo.log" >&2; echo "the demo did not start" >&2; exit 1; }
fi

export CHROMIUM="$browser" MODULES="$modules" BASE="$base" OUT="$modules/pages"
mkdir -p "$OUT"
node --test --test-concurrency=1 ${ONLY:+--test-name-pattern="$ONLY"} --test-reporter="${REPORTER:-spec}" "$@"
