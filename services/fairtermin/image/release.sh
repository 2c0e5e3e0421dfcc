#!/usr/bin/env bash
# `make release`: everything that an admin takes from us, in target/dist.
#
#   fairtermin-VERSION-image.tar      image as an OCI archive, for each architecture that can be built here
#   fairtermin-VERSION.tgz            the chart, as `helm install` takes it
#   fairtermin-VERSION-linux-ARCH     the program; `-static` if it needs nothing else (musl)
#   fairtermin-VERSION.cdx.json       SBOM (CycloneDX); -licences.md: the same as a table
#   fairtermin-VERSION-build.txt      commit, compilers and libraries that it was made with
#   SHA256SUMS, SHA256SUMS.sig        of all of them; the signature if SIGNING_KEY is given
#   image-signature.json, .sig        for `cosign attach signature`, if IMAGE_REFERENCE is given as well
#
#   SIGNING_KEY=file       a P-256 key in PEM, as `openssl ecparam -name prime256v1 -genkey -noout` makes it, or with
#                          cosign in the PATH one of `cosign generate-key-pair`
#   IMAGE_REFERENCE=name   where the image will be, for example registry.example.org/fairtermin:0.1.0
#   DIST=folder            instead of target/dist
#   IMAGE_BINARY=path      packs that program and builds none; leaves the SBOM out: for tests
set -euo pipefail
cd "$(dirname "$0")/../../.."
here=services/fairtermin/image
dist=${DIST:-target/dist}
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
grep -qx "version: $version" charts/fairtermin/Chart.yaml || { echo "release: Chart.yaml is of another version than Cargo.toml ($version)" >&2; exit 1; }
rm -rf "$dist"
mkdir -p "$dist"

programs() {
    local binary=${IMAGE_BINARY:-target/release/fairtermin} musl=x86_64-unknown-linux-musl
    install -m 755 "$binary" "$dist/fairtermin-$version-linux-$(uname -m)"
    strip "$dist/fairtermin-$version-linux-$(uname -m)"
    [ -z "${IMAGE_BINARY:-}" ] || return 0
    if "$here/program.sh" --can $musl; then
        "$here/program.sh" $musl
        install -m 755 target/$musl/release/fairtermin "$dist/fairtermin-$version-linux-x86_64-static"
        strip "$dist/fairtermin-$version-linux-x86_64-static"
    fi
}

bill_of_materials() {
    [ -z "${IMAGE_BINARY:-}" ] || return 0
    "$here/sbom.sh"
    cp target/sbom/fairtermin.cdx.json "$dist/fairtermin-$version.cdx.json"
    cp target/sbom/licences.md "$dist/fairtermin-$version-licences.md"
}

# The same bytes need the same versions of these.
made_with() {
    echo "commit: $(git rev-parse HEAD 2>/dev/null || echo unknown)"
    echo "SOURCE_DATE_EPOCH: $SOURCE_DATE_EPOCH"
    rustc -V
    cc --version | sed -n 1p
    ldd --version | sed -n 1p
    python3 -c 'import zlib; print("zlib:", zlib.ZLIB_RUNTIME_VERSION)'
    echo "ca-certificates: $(sha256sum </etc/ssl/certs/ca-certificates.crt | cut -d' ' -f1)"
}

# sign FILE: FILE.sig, in base64, as cosign makes and checks it.
sign() {
    if grep -q -e COSIGN -e SIGSTORE "$SIGNING_KEY"; then
        cosign sign-blob --yes --tlog-upload=false --key "$SIGNING_KEY" --output-signature "$1.sig" "$1"
    else
        openssl dgst -sha256 -sign "$SIGNING_KEY" "$1" | base64 -w0 >"$1.sig"
    fi
}

image=$dist/fairtermin-$version-image.tar
said=$(IMAGE_ARCHIVE=$image "$here/build.sh" | tee /dev/stderr)
digest=${said##* }
programs
bill_of_materials
python3 "$here/chart.py" charts/fairtermin "$dist" "$SOURCE_DATE_EPOCH" >/dev/null
made_with >"$dist/fairtermin-$version-build.txt"
echo "image: $digest" >>"$dist/fairtermin-$version-build.txt"
(cd "$dist" && LC_ALL=C sha256sum -- fairtermin-* >SHA256SUMS)
if [ -n "${SIGNING_KEY:-}" ]; then
    sign "$dist/SHA256SUMS"
    if [ -n "${IMAGE_REFERENCE:-}" ]; then
        printf '{"critical":{"identity":{"docker-reference":"%s"},"image":{"docker-manifest-digest":"%s"},"type":"cosign container image signature"},"optional":null}' \
            "${IMAGE_REFERENCE%:*}" "$digest" >"$dist/image-signature.json"
        sign "$dist/image-signature.json"
    fi
else
    echo "release: not signed, no SIGNING_KEY is given" >&2
fi
cat "$dist/SHA256SUMS"
