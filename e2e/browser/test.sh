#!/bin/sh
# Walks through the demo in a real browser, as a citizen and as a clerk.
#
#   e2e/browser/test.sh            starts demos of its own and stops them again: an empty one for the tests
#                                  of this folder; with SCARCE=1 also one full of other people for
#                                  those of scarce/
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
export CHROMIUM="$browser" MODULES="$modules" OUT="$modules/pages"
mkdir -p "$OUT"

# Browses the portal at $1 with the tests that follow.
browse() {
  BASE=$1
  export BASE
  shift
  node --test --test-concurrency=1 ${ONLY:+--test-name-pattern="$ONLY"} --test-reporter="${REPORTER:-spec}" "$@"
}

# Starts a demo whose terminal is a pipe; $base is its portal. The first argument names its log.
start_demo() {
  log=$modules/$1.log
  shift
  rm -f "$modules/clock"
  mkfifo "$modules/clock"
  # Open for writing too, so that the demo does not read the end of its input between two lines.
  exec 3<>"$modules/clock"
  "$fairtermin" demo --port 0 "$@" <&3 >"$log" 2>&1 &
  demo=$!
  base=
  for _ in $(seq 600); do
    # Its last line: everything is there.
    ! grep -q 'Ctrl-C' "$log" || base=$(sed -n 's/^ *Open *//p' "$log")
    [ -z "$base" ] || break
    kill -0 $demo 2>/dev/null || { cat "$log" >&2; exit 1; }
    sleep 0.1
  done
  [ -n "$base" ] || { cat "$log" >&2; echo "the demo did not start" >&2; exit 1; }
}

stop_demo() {
  kill $demo 2>/dev/null || true
  wait $demo 2>/dev/null || true
}

if [ -n "$base" ]; then
  browse "$base" "$@"
  exit
fi
fairtermin=$target/debug/fairtermin
[ -n "${FAIRTERMIN_BUILT:-}" ] || (cd "$here/../.." && cargo build --locked --quiet -p fairtermin)
demo=
trap '[ -z "$demo" ] || stop_demo' EXIT
start_demo demo --empty
browse "$base" "$@"
stop_demo
# Offers come by chance, within minutes and sometimes more: not part of `make test`.
[ -n "${SCARCE:-}" ] || exit 0
# By day: offers are not made at night. The middle of a month: two months later it is over.
start_demo scarce --now "$(date -u +%Y)-06-14T08:00:00Z"
CLOCK=$modules/clock LOG=$log
export CLOCK LOG
browse "$base" "$here"/scarce/*.test.mjs
