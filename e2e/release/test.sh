#!/usr/bin/env bash
# What `make release` packs: the same bytes each time, a chart that Helm takes, and signatures that hold.
# The program is the one of `make test`, so nothing is built here.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "release: $*" >&2; exit 1; }
export IMAGE_BINARY=${FAIRTERMIN:-${CARGO_TARGET_DIR:-target}/debug/fairtermin}
[ -x "$IMAGE_BINARY" ] || fail "$IMAGE_BINARY is missing: cargo build -p fairtermin"

openssl ecparam -name prime256v1 -genkey -noout -out "$work/signing.pem"
openssl ec -in "$work/signing.pem" -pubout -out "$work/cosign.pub" 2>"$work/openssl.log"
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
export SIGNING_KEY=$work/signing.pem IMAGE_REFERENCE=registry.example.org/fairtermin:$version SOURCE_DATE_EPOCH=1700000000
release() { DIST=$work/$1 services/fairtermin/image/release.sh >"$work/$1.log" 2>&1 || { cat "$work/$1.log" >&2; fail "it failed"; }; }
release first
# Times of files and the order of a folder must not count.
find charts/fairtermin -name Chart.yaml -exec touch {} +
release second
cmp "$work/first/SHA256SUMS" "$work/second/SHA256SUMS" || fail "two releases of the same program differ"

verifies() { openssl dgst -sha256 -verify "$work/cosign.pub" -signature <(base64 -d "$1.sig") "$1" >/dev/null 2>&1; }
cd "$work/first"
sha256sum --quiet -c SHA256SUMS || fail "the checksums are wrong"
verifies SHA256SUMS || fail "the signature of the checksums does not hold"
verifies image-signature.json || fail "the signature of the image does not hold"
index() { tar -xOf "$1" index.json | python3 -c "import json, sys; print(json.load(sys.stdin)['manifests'][0]['$2'])"; }
digest=$(index "fairtermin-$version-image.tar" digest)
grep -q "\"docker-manifest-digest\":\"$digest\"" image-signature.json || fail "the signature is of another image"
echo "0  fairtermin-$version.tgz" >>SHA256SUMS
! verifies SHA256SUMS || fail "changed checksums still verify"

tar -tzf "fairtermin-$version.tgz" >"$work/chart.txt"
for expected in Chart.yaml values.yaml values.schema.json values-lea.yaml templates/slot.yaml runbooks/restore.md; do
    grep -qx "fairtermin/$expected" "$work/chart.txt" || fail "the chart lacks $expected"
done
! grep -q -e /schema/ -e VALUES.md "$work/chart.txt" || fail "the chart has what .helmignore names"

# Two architectures share one name: the archive names an index, and that names both.
cd "$OLDPWD"
mkdir -p "$work/amd64" "$work/arm64"
python3 services/fairtermin/image/oci.py "$work/both.tar" 1 0 "amd64=$work/amd64" "arm64=$work/arm64" >"$work/both.log"
[ "$(index "$work/both.tar" mediaType)" = application/vnd.oci.image.index.v1+json ] || fail "two architectures are no index"
both=$(index "$work/both.tar" digest)
for architecture in amd64 arm64; do
    tar -xOf "$work/both.tar" "blobs/${both/://}" | grep -q "\"architecture\": \"$architecture\"" || fail "$architecture is missing"
done
echo "release: the same twice, $(wc -l <"$work/chart.txt") files in the chart, signatures hold"
