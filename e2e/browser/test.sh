#!/bin/sh
# Walks through the demo in a real browser, as a citizen and as a clerk.
#
#   e2e/browser/test.sh            the short set, part of `make test`: an empty demo for the tests of this folder,
#                                  one full of other people for those of scarce/
#   e2e/browser/test.sh --all      the whole matrix (`make test-browser`), Firefox included, with optimisation and
#                                  a table at the end
#   e2e/browser/test.sh BASE_URL   uses a running demo (the portal's address, as make demo prints it)
#   e2e/browser/test.sh BASE_URL FILE...   the same with these tests instead of those of this folder
#
# Installs what it needs below target/ (and Debian's chromium and firefox-esr, if root and absent). The pages
# that it saw stay in target/e2e-browser/pages, those of the whole matrix in target/screenshots. FAIRTERMIN
# names another program to test, ONLY a pattern of test names, MATRIX some of the parts below.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$here/../../target}
modules=$target/e2e-browser
all=
if [ "${1:-}" = --all ]; then
  all=1
  shift
fi

# Prints the path of the first program that is there, else installs Debian's package $1.
browser_of() {
  package=$1
  shift
  for name in "$@"; do
    command -v "$name" && return
  done
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    # Noto draws Arabic; the page brings the fonts for everything else.
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$package" fonts-noto-core; } >/dev/null
    command -v "$1"
  else
    echo "no browser: apt-get install $package fonts-noto-core, or set CHROMIUM and FIREFOX" >&2
    exit 1
  fi
}
CHROMIUM=${CHROMIUM:-$(browser_of chromium chromium chromium-browser google-chrome)}
[ -z "$all" ] || FIREFOX=${FIREFOX:-$(browser_of firefox-esr firefox-esr firefox)}

mkdir -p "$modules"
if ! cmp -s "$here/package-lock.json" "$modules/package-lock.json"; then
  cp "$here/package.json" "$here/package-lock.json" "$modules/"
  (cd "$modules" && npm ci --silent --no-audit --no-fund --ignore-scripts)
fi

base=${1:-}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- "$here"/*.test.mjs
export CHROMIUM FIREFOX="${FIREFOX:-}" MODULES="$modules" OUT="$modules/pages"
[ -z "$all" ] || OUT=$target/screenshots
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
  export CLOCK="$modules/clock" LOG="$log"
}

stop_demo() {
  kill $demo 2>/dev/null || true
  wait $demo 2>/dev/null || true
  demo=
}

# A Tuesday without holidays near: what a page shows depends on the calendar, and on the hour.
tuesday=2027-01-12T09:00:00Z
# A working day, by day: offers are not made at night. The middle of a month: two months later it is over.
# The same in each year, since which days are open depends on the calendar.
june=2027-06-14T08:00:00Z

failed=
short_set() {
  start_demo demo --empty --now "$tuesday"
  browse "$base" "$@" || failed=1
  stop_demo
  start_demo scarce --now "$june"
  browse "$base" "$here"/scarce/*.test.mjs || failed=1
  stop_demo
}

# A part of the matrix in a demo of its own; the others go on if it fails, and the table fails at the end.
part() {
  name=$1
  shift
  case " ${MATRIX:-$name} " in *" $name "*) ;; *) return 0 ;; esac
  printf '\n== %s\n' "$name"
  start_demo "$name" "$@"
  browse "$base" "$here/matrix/${name%-scarce}.test.mjs" || failed=1
  stop_demo
}

whole_matrix() {
  export ALL=1 RESULTS="$modules/results.jsonl"
  rm -f "$RESULTS"
  [ -n "${MATRIX:-}" ] || short_set "$here"/*.test.mjs
  part pages --empty
  part journeys --empty
  (export SCARCE=1; failed=; part journeys-scarce --now "$june"; [ -z "$failed" ]) || failed=1
  part trouble --empty
  # On a fixed day: what is read depends on the calendar.
  part tree --empty --now 2027-01-11T09:00:00Z
  part numbers --empty --unlimited
  part firefox --empty
  node "$here/matrix/print.mjs" "$RESULTS" || failed=1
}

if [ -n "$base" ]; then
  browse "$base" "$@"
  exit
fi
demo=
trap '[ -z "$demo" ] || stop_demo' EXIT
profile=debug
[ -z "$all" ] || profile=release
fairtermin=${FAIRTERMIN:-$target/$profile/fairtermin}
if [ -z "${FAIRTERMIN:-}" ] && { [ -n "$all" ] || [ -z "${FAIRTERMIN_BUILT:-}" ]; }; then
  (cd "$here/../.." && cargo build --locked --quiet ${all:+--release} -p fairtermin)
fi
if [ -n "$all" ]; then whole_matrix; else short_set "$@"; fi
[ -z "$failed" ]
