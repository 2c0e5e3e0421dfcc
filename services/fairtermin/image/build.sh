#!/usr/bin/env bash
# `make image`: an OCI archive without a container engine, target/image.tar.
#
#   IMAGE_BINARY=path    packs that program instead of building a release
#
# Contents: the program, the shared libraries that it names, CA certificates, an unprivileged user.
# The same program and libraries give the same bytes. Load it with `podman load -i`, `skopeo copy
# oci-archive:target/image.tar ...` or `crane push`.
set -euo pipefail
cd "$(dirname "$0")/../../.."
binary=${IMAGE_BINARY:-}
if [ -z "$binary" ]; then
    RUSTFLAGS="--remap-path-prefix=$PWD=." cargo build --locked --release -p fairtermin
    binary=target/release/fairtermin
fi
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root"/{etc/ssl/certs,tmp,usr/local/bin}
cp "$binary" "$root/usr/local/bin/fairtermin"
strip "$root/usr/local/bin/fairtermin"
certificates=/etc/ssl/certs/ca-certificates.crt
[ -r "$certificates" ] || { echo "image: $certificates is missing: apt install ca-certificates" >&2; exit 1; }
cp -L "$certificates" "$root$certificates"
echo 'fairtermin:x:65532:65532::/:/sbin/nologin' >"$root/etc/passwd"
echo 'fairtermin:x:65532:' >"$root/etc/group"
# "name => /path (0x..)" and the loader, "/path (0x..)".
ldd "$binary" | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
done
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
mkdir -p target
python3 services/fairtermin/image/oci.py "$root" target/image.tar "$version" "${SOURCE_DATE_EPOCH:-0}"
