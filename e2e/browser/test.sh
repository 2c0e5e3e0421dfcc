#!/bin/sh
# Walks through a running demo in a real browser: e2e/browser/test.sh http://127.0.0.1:8080
# Installs what it needs below target/ (and Debian's chromium, if root and absent).
# Quiet when everything is fine, except for the test runner's own summary.
set -eu

base=${1:?"usage: e2e/browser/test.sh BASE_URL (the portal's address, as make demo prints it)"}
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

export CHROMIUM="$browser" MODULES="$modules" BASE="$base" OUT="$modules/pages"
mkdir -p "$OUT"
exec node --test --test-concurrency=1 --test-reporter="${REPORTER:-spec}" "$here"/*.test.mjs
