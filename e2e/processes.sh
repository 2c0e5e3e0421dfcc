#!/usr/bin/env bash
# Sourced by scripts that need the services in processes of their own (slot, identity,
# notification, portal, and the simulated identity providers) on real PostgreSQL, Redis and
# RabbitMQ. Uses the engines of `make test` if they run, else starts its own; stops everything
# that it started when the script ends.
#
#   serve ROLE SETTINGS   starts one; ${pid_of[SETTINGS]} is its process
#   tour [OPTION...]      takes the tour against them
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# FAIRTERMIN names another program, which is not built here.
[ -n "${FAIRTERMIN_BUILT:-}${FAIRTERMIN:-}" ] || cargo build --locked --quiet -p fairtermin
fairtermin=${FAIRTERMIN:-${CARGO_TARGET_DIR:-target}/debug/fairtermin}
own_engines=
if [ -z "${FAIRTERMIN_TEST_POSTGRES:-}" ]; then
  engines=$(e2e/services.sh start)
  eval "$engines"
  own_engines=yes
fi

work=$(mktemp -d)
declare -A pid_of=()
finish() {
  local status=$?
  if [ $status -ne 0 ]; then
    for log in "$work"/*.log; do [ -e "$log" ] || continue; echo "-- ${log##*/}"; grep -E '"level":"(ERROR|WARN)"|^fairtermin' "$log" | tail -5 || true; done >&2
  fi
  for pid in "${pid_of[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pid_of[@]}"; do wait "$pid" 2>/dev/null || true; done
  [ -z "$own_engines" ] || e2e/services.sh stop
  rm -rf "$work"
}
trap finish EXIT

for name in lea buergeramt kfz identity notification; do
  psql -q "$FAIRTERMIN_TEST_POSTGRES" -c "DROP DATABASE IF EXISTS fairtermin_$name WITH (FORCE)" -c "CREATE DATABASE fairtermin_$name" 2>/dev/null
done
# Redis still knows the seats of the run before, which are gone with its databases. Keys are not always text.
forget='local at = "0"; repeat local found = redis.call("SCAN", at, "MATCH", ARGV[1], "COUNT", 1000)
  at = found[1]; for _, key in ipairs(found[2]) do redis.call("DEL", key) end until at == "0"'
for name in lea buergeramt kfz; do
  redis-cli -u "$FAIRTERMIN_TEST_REDIS" EVAL "$forget" 0 "{ft:$name}:*" >/dev/null
done
"$fairtermin" demo-config "$work" --postgres "${FAIRTERMIN_TEST_POSTGRES%/*}" \
  --redis "$FAIRTERMIN_TEST_REDIS" --rabbitmq "$FAIRTERMIN_TEST_RABBITMQ"
. "$work/tour.env"
export FAIRTERMIN_TOUR_SECRET

serve() {
  "$fairtermin" serve "$1" --config "$work/$2.yaml" >>"$work/$2.log" 2>&1 &
  pid_of[$2]=$!
}

# shellcheck disable=SC2086 # the arguments are several words
tour() { "$fairtermin" tour $TOUR_ARGUMENTS "$@"; }
