#!/usr/bin/env bash
# Everything that needs a real Kubernetes API server; called by `make test-kube`.
#
#   KUBECONFIG=path  uses that cluster: tests make namespaces of their own and remove them
#   otherwise        builds the control plane in this folder (needs Go) and starts it on loopback
#
# The running services need PostgreSQL, Redis and RabbitMQ: those of `make test` if they run, else
# its own (../services.sh).
#
# The build and the Python environment are kept in target/kube; FAIRTERMIN_KUBE_CACHE moves them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
. "$here/control_plane.sh"

cache=${FAIRTERMIN_KUBE_CACHE:-$PWD/target/kube}
mkdir -p "$cache"
run=$(mktemp -d "$cache/run.XXXXXX")
CONTROL_PLANE=
own_engines=
finish() {
    [ -z "$own_engines" ] || e2e/services.sh stop || true
    exec 8>&- || true
    [ -z "$CONTROL_PLANE" ] || { kill "$CONTROL_PLANE" 2>/dev/null || true; wait "$CONTROL_PLANE" || true; }
    [ -n "${KEEP:-}" ] || rm -rf "$run"
}
trap finish EXIT
step() { printf '\n== %s\n' "$*"; }
began=$SECONDS

. "$here/../python_env.sh"
python_env "$cache/env" "$here/requirements.txt"

if [ -n "${KUBECONFIG:-}" ]; then
    export FAIRTERMIN_TEST_KUBECONFIG=$KUBECONFIG
else
    program=$(build_control_plane "$cache")
    start_control_plane "$program" "$run"
    export FAIRTERMIN_TEST_KUBECONFIG="$run/admin.kubeconfig" FAIRTERMIN_TEST_PRETENDED_NODES=1
fi

step "libs/cluster: catalogue watch, Events, Leases"
cargo test --locked --quiet --package cluster --test it -- --nocapture --include-ignored

step "Helm: platform, three authorities and an auditor, installed, changed, broken, rolled back, removed"
PYTHONDONTWRITEBYTECODE=1 "$cache/env/bin/python" "$here/releases.py"

if [ -n "${FAIRTERMIN_TEST_PRETENDED_NODES:-}" ]; then
    step "the platform, an auditor and two replicas of slot: live catalogue, Events, Lease, as their service account"
    cargo build --locked --quiet --package fairtermin
    if [ -z "${FAIRTERMIN_TEST_POSTGRES:-}" ]; then
        engines=$(e2e/services.sh start)
        eval "$engines"
        own_engines=yes
    fi
    FAIRTERMIN_PROGRAM=${CARGO_TARGET_DIR:-$PWD/target}/debug/fairtermin \
        PYTHONDONTWRITEBYTECODE=1 "$cache/env/bin/python" "$here/services.py"
else
    step "slot, two replicas of it: passed over, since pods run the image of a registry in a cluster of their own"
fi

echo "test-kube: all passed in $((SECONDS - began)) s"
