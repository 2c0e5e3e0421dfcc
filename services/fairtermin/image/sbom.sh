#!/usr/bin/env bash
# `make sbom`: what is in the image, and under which licences.
#
#   target/sbom/fairtermin.cdx.json   CycloneDX 1.5, made by cargo-cyclonedx, with what is no crate
#   target/sbom/licences.md           the same as a table; fails for a licence that nobody allowed
#
# cargo-cyclonedx is built once below target/tools (two minutes) unless it is installed.
set -euo pipefail
cd "$(dirname "$0")/../../.."
here=services/fairtermin/image
version=0.5.9
command -v cargo-cyclonedx >/dev/null || {
    PATH="$PWD/target/tools/bin:$PATH"
    [ -x target/tools/bin/cargo-cyclonedx ] ||
        cargo install --quiet --locked --root target/tools "cargo-cyclonedx@$version"
}
architecture=$(rustc -vV | sed -n 's/^host: //p')
# It writes beside the Cargo.toml of every program of the workspace.
remove() { find services libs e2e -name '*_bin.cdx.json' -delete; }
trap remove EXIT
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-0} cargo cyclonedx --quiet --format json --spec-version 1.5 \
    --describe binaries --no-build-deps --target "$architecture" --manifest-path services/fairtermin/Cargo.toml
mkdir -p target/sbom
python3 "$here/licences.py" services/fairtermin/fairtermin_bin.cdx.json "$PWD" target/sbom
