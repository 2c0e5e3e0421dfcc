#!/usr/bin/env bash
# `make image`: an OCI archive without a container engine, target/image.tar.
#
#   IMAGE_BINARY=path       packs that program instead of building a release
#   IMAGE_ARM64_BINARY=path the same for arm64; without it, arm64 is built if its Rust target is installed
#   IMAGE_ARCHIVE=path      where the archive goes
#
# Contents: the program, the shared libraries that it names, CA certificates, an unprivileged user.
# The same program and libraries give the same bytes. Load it with `podman load -i`, `skopeo copy --all
# oci-archive:target/image.tar ...` or `crane push`.
set -euo pipefail
cd "$(dirname "$0")/../../.."
here=services/fairtermin/image
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case $(uname -m) in x86_64) host=amd64 ;; aarch64) host=arm64 ;; *) echo "image: $(uname -m) is not known" >&2; exit 1 ;; esac

# root ARCHITECTURE BINARY SYSROOT: fills $work/ARCHITECTURE.
root() {
    local root=$work/$1 binary=$2 sysroot=$3
    local certificates=/etc/ssl/certs/ca-certificates.crt
    mkdir -p "$root"/{etc/ssl/certs,tmp,usr/local/bin}
    cp "$binary" "$root/usr/local/bin/fairtermin"
    "$(strip_for "$1")" "$root/usr/local/bin/fairtermin"
    [ -r "$certificates" ] || { echo "image: $certificates is missing: apt install ca-certificates" >&2; exit 1; }
    cp -L "$certificates" "$root$certificates"
    echo 'fairtermin:x:65532:65532::/:/sbin/nologin' >"$root/etc/passwd"
    echo 'fairtermin:x:65532:' >"$root/etc/group"
    if [ -z "$sysroot" ]; then own_libraries "$binary" "$root"; else their_libraries "$binary" "$sysroot" "$root"; fi
}

strip_for() { if [ "$1" = "$host" ]; then echo strip; else echo aarch64-linux-gnu-strip; fi; }

# "name => /path (0x..)" and the loader, "/path (0x..)"; a static program names none.
own_libraries() {
    { ldd "$1" || true; } | { grep -o '/[^ ]*' || true; } | while read -r library; do
        mkdir -p "$2$(dirname "$library")"
        cp -L "$library" "$2$library"
    done
}

# Of another architecture: no loader can be asked here.
their_libraries() {
    local loader name
    loader=$(readelf -l "$1" | sed -n 's/.*program interpreter: \(.*\)\]/\1/p')
    [ -n "$loader" ] || return 0
    mkdir -p "$3$(dirname "$loader")" "$3/lib"
    cp -L "$2/lib/$(basename "$loader")" "$3$loader"
    for name in libc.so.6 libm.so.6 libgcc_s.so.1; do cp -L "$2/lib/$name" "$3/lib/$name"; done
}

pairs=()
binary=${IMAGE_BINARY:-}
if [ -z "$binary" ]; then "$here/program.sh" ""; binary=target/release/fairtermin; fi
root "$host" "$binary" ""
pairs+=("$host=$work/$host")

arm64=${IMAGE_ARM64_BINARY:-}
if [ "$host" = amd64 ] && [ -z "$arm64" ] && [ -z "${IMAGE_BINARY:-}" ] && "$here/program.sh" --can aarch64-unknown-linux-gnu; then
    "$here/program.sh" aarch64-unknown-linux-gnu
    arm64=target/aarch64-unknown-linux-gnu/release/fairtermin
fi
if [ -n "$arm64" ]; then
    root arm64 "$arm64" /usr/aarch64-linux-gnu
    pairs+=("arm64=$work/arm64")
fi

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
archive=${IMAGE_ARCHIVE:-target/image.tar}
mkdir -p "$(dirname "$archive")"
python3 "$here/oci.py" "$archive" "$version" "${SOURCE_DATE_EPOCH:-0}" "${pairs[@]}"
