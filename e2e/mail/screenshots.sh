#!/usr/bin/env bash
# Photographs the confirmation in German, easy language and Arabic as a phone shows it, for
# services/notification/README.md. Needs chromium and a font for Arabic (fonts-noto-core).
set -euo pipefail
cd "$(dirname "$0")/../.."

browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
cargo run --locked --quiet -p notification --example preview >/dev/null
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
for language in de de-easy ar; do
  "$browser" --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
    --hide-scrollbars --user-data-dir="$profile" --window-size=420,1180 \
    --screenshot="$PWD/services/notification/docs/confirmed.$language.png" \
    "file://$PWD/target/notification-preview/confirmed.$language.html" 2>/dev/null
done
