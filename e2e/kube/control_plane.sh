# Sourced by test.sh: builds the control plane of this folder once, and starts it.

# build_control_plane WORK: prints the path of the program, built if the sources changed.
build_control_plane() {
    command -v go >/dev/null || {
        echo "test-kube: Go 1.26 or later is missing (https://go.dev/dl), or give a cluster: KUBECONFIG=... make test-kube" >&2
        return 1
    }
    local version program
    version=$(sed -n 's/^\tk8s.io\/kubernetes //p' "$here/go.mod")
    program="$1/kube-$(cat "$here"/*.go "$here/go.mod" | cksum | cut -d' ' -f1)"
    if [ ! -x "$program" ]; then
        echo "test-kube: building Kubernetes $version once, which takes ten minutes or more on two cores" >&2
        local flag="k8s.io/component-base/version"
        (cd "$here" && CGO_ENABLED=0 nice -n "${BUILD_NICE:-10}" go build -trimpath -o "$program.new" \
            -ldflags "-s -w -X $flag.gitVersion=$version -X $flag.gitMajor=1 -X $flag.gitMinor=$(cut -d. -f2 <<<"$version")") || return 1
        rm -f "$1"/kube-*[0-9]
        mv "$program.new" "$program"
    fi
    echo "$program"
}

# start_control_plane PROGRAM DIR: sets CONTROL_PLANE to its process id once it is ready. It ends
# with its standard input, so also when this shell is killed.
start_control_plane() {
    mkfifo "$2/stdin" "$2/stdout"
    "$1" up "$2" <"$2/stdin" >"$2/stdout" &
    CONTROL_PLANE=$!
    exec 8>"$2/stdin"
    local line=""
    read -r line <"$2/stdout" || true
    [ "$line" = ready ] || { echo "test-kube: the control plane did not start" >&2; return 1; }
}
