#!/usr/bin/env bash
# Builds the program so that the place where it is built leaves no trace in it.
#
#   program.sh TARGET        builds for a Rust target; for this machine's own if empty
#   program.sh --can TARGET  says why it cannot be built here, and fails, or succeeds in silence
set -euo pipefail
cd "$(dirname "$0")/../../.."

declare -A linker=(
    [x86_64-unknown-linux-musl]=musl-gcc
    [aarch64-unknown-linux-gnu]=aarch64-linux-gnu-gcc
)
declare -A package=(
    [x86_64-unknown-linux-musl]=musl-tools
    [aarch64-unknown-linux-gnu]=gcc-aarch64-linux-gnu
)

can() {
    local target=$1
    if ! [ -d "$(rustc --print sysroot)/lib/rustlib/$target/lib" ]; then
        echo "$target: left out, Rust has no standard library for it here: rustup target add $target" >&2
        return 1
    fi
    command -v "${linker[$target]}" >/dev/null || {
        echo "$target: left out, ${linker[$target]} is missing: apt install ${package[$target]}" >&2
        return 1
    }
}

if [ "$1" = --can ]; then can "$2"; exit; fi

# Panics and assertions name source files. Those of crates lie below the home of cargo.
cargo_home=${CARGO_HOME:-$HOME/.cargo}
export RUSTFLAGS="--remap-path-prefix=$PWD=. --remap-path-prefix=$cargo_home=cargo"
export CFLAGS="-ffile-prefix-map=$PWD=. -ffile-prefix-map=$cargo_home=cargo"
target=$1
arguments=(--locked --release -p fairtermin)
if [ -n "$target" ]; then
    name=${target//-/_}
    export "CC_$name=${linker[$target]}" "CARGO_TARGET_${name^^}_LINKER=${linker[$target]}"
    arguments+=(--target "$target")
fi
cargo build "${arguments[@]}"
