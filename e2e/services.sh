#!/usr/bin/env bash
# Starts and stops the engines that the tests use: PostgreSQL, Redis (one alone and a cluster of
# three) and RabbitMQ, on free loopback ports, with data below target/. Several copies can run at
# once; only processes that this script started are stopped, by pid.
#
#   eval "$(e2e/services.sh start)"   start all, set the FAIRTERMIN_TEST_* variables
#   e2e/services.sh stop              stop what FAIRTERMIN_TEST_DIR names
#
# An engine whose FAIRTERMIN_TEST_* variable is already set is used as it is and not started.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
say() { echo "$*" >&2; }
fail() { say "services.sh: $*"; exit 1; }

# --- what must be installed -------------------------------------------------------------------

pg_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }
rabbit_bin() { ls -d /usr/lib/rabbitmq/bin 2>/dev/null; }

install_missing() {
  local missing=()
  [ -n "${FAIRTERMIN_TEST_POSTGRES:-}" ] || [ -x "$(pg_bin)/initdb" ] || missing+=(postgresql)
  { [ -n "${FAIRTERMIN_TEST_REDIS:-}" ] && [ -n "${FAIRTERMIN_TEST_REDIS_CLUSTER:-}" ]; } ||
    command -v redis-server >/dev/null || missing+=(redis-server)
  [ -n "${FAIRTERMIN_TEST_RABBITMQ:-}" ] || [ -n "$(rabbit_bin)" ] || missing+=(rabbitmq-server)
  [ ${#missing[@]} -eq 0 ] && return
  local line="apt-get install -y --no-install-recommends ${missing[*]}"
  [ "$(id -u)" = 0 ] || fail "missing ${missing[*]}. As root, run: $line"
  say "installing ${missing[*]} ..."
  # policy-rc.d: the packages must not start servers of their own. An existing one is respected.
  local policy=/usr/sbin/policy-rc.d ours=
  if [ ! -e $policy ]; then printf '#!/bin/sh\nexit 101\n' >$policy; chmod +x $policy; ours=1; fi
  export DEBIAN_FRONTEND=noninteractive
  # Another copy may be installing too: wait for its lock instead of failing.
  { flock 9 && apt-get update -qq && $line -o DPkg::Lock::Timeout=300; } 9>/run/lock/fairtermin-apt >"$dir/apt.log" 2>&1 || {
    [ -n "$ours" ] && rm -f $policy
    tail -5 "$dir/apt.log" >&2
    fail "could not install. Try by hand: apt-get update && $line"
  }
  [ -n "$ours" ] && rm -f $policy
  return 0
}

# --- small pieces -----------------------------------------------------------------------------

taken=" "
# Where the ports begin that the kernel gives to connections: one that was closed a moment ago still
# keeps its port, though nothing listens there.
ephemeral=$(cut -f1 /proc/sys/net/ipv4/ip_local_port_range 2>/dev/null || echo 32768)
[ "$ephemeral" -ge 22000 ] || ephemeral=32768
# Sets $port to a loopback port that nothing listens on and that this run has not handed out.
free_port() {
  while :; do
    port=$((20000 + RANDOM % (ephemeral - 20000)))
    case $taken in *" $port "*) continue ;; esac
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue
    taken+="$port "
    return
  done
}

# wait_for SECONDS NAME LOG COMMAND...: until COMMAND succeeds; shows the log's end if it does not.
wait_for() {
  local until=$((SECONDS + $1)) name=$2 log=$3
  shift 3
  until "$@" >/dev/null 2>&1; do
    if [ $SECONDS -ge $until ]; then tail -20 "$log" >&2; fail "$name did not start"; fi
    sleep 0.1
  done
}
listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
remember() { echo "$1" >>"$dir/pids"; }
# engine NAME COMMAND...: starts it. $dir/NAME.start starts it again with the same data, NAME.pid is its process.
engine() {
  local name=$1
  shift
  { echo '#!/usr/bin/env bash'; echo 'cd /'; printf 'exec'; printf ' %q' "$@"; echo; } >"$dir/$name.start"
  chmod 755 "$dir/$name.start"
  "$dir/$name.start" >"$dir/$name.log" 2>&1 </dev/null &
  echo $! >"$dir/$name.pid"
  remember $!
}
export_line() { echo "export $1='$2'"; echo "export $1='$2'" >>"$dir/env"; }

# --- the engines ------------------------------------------------------------------------------

start_postgres() {
  local bin data=$dir/postgres run=()
  bin=$(pg_bin)
  mkdir -p "$data"
  if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    run=(setpriv --reuid=postgres --regid=postgres --clear-groups)
    chown postgres "$data"
    if ! "${run[@]}" test -w "$data"; then
      # The checkout lies where the user postgres cannot go (below /root, say).
      data=$(mktemp -d /tmp/fairtermin-postgres.XXXXXX)
      chown postgres "$data"
      echo "$data" >>"$dir/outside"
    fi
  fi
  free_port; local pg_port=$port
  (cd /; "${run[@]}" "$bin/initdb" -D "$data/data" -U postgres -A trust --no-sync -E UTF8 --locale=C.UTF-8) >"$dir/initdb.log" 2>&1 ||
    { tail -5 "$dir/initdb.log" >&2; fail "initdb failed"; }
  engine postgres "${run[@]}" "$bin/postgres" -D "$data/data" -p $pg_port -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c fsync="${FAIRTERMIN_TEST_FSYNC:-off}" -c max_connections=400
  wait_for 30 PostgreSQL "$dir/postgres.log" "$bin/pg_isready" -q -h 127.0.0.1 -p $pg_port
  export_line FAIRTERMIN_TEST_POSTGRES "postgres://postgres@127.0.0.1:$pg_port/postgres"
  say "PostgreSQL $("$bin/postgres" --version | grep -oE '[0-9]+\.[0-9]+' | head -1) on port $pg_port"
}

# redis_on PORT NAME OPTIONS...
redis_on() {
  local at=$1 name=$2
  shift 2
  mkdir -p "$dir/$name"
  engine "$name" redis-server --bind 127.0.0.1 --port "$at" --dir "$dir/$name" --save "" --appendonly no --daemonize no "$@"
}

start_redis() {
  free_port; local alone=$port
  redis_on $alone redis
  wait_for 10 Redis "$dir/redis.log" redis-cli -p $alone ping
  export_line FAIRTERMIN_TEST_REDIS "redis://127.0.0.1:$alone"
  say "Redis $(redis-server --version | grep -oE 'v=[0-9.]+' | cut -c3-) on port $alone"
}

start_redis_cluster() {
  local nodes=() number
  for number in 1 2 3; do
    free_port; local at=$port
    free_port; local bus=$port
    redis_on $at redis-cluster-$number --cluster-enabled yes --cluster-port $bus --cluster-node-timeout 2000
    nodes+=("127.0.0.1:$at")
    wait_for 10 "Redis cluster node $number" "$dir/redis-cluster-$number.log" redis-cli -p $at ping
  done
  redis-cli --cluster create "${nodes[@]}" --cluster-yes --cluster-replicas 0 >"$dir/redis-cluster.log" 2>&1 ||
    { tail -5 "$dir/redis-cluster.log" >&2; fail "the Redis cluster was not formed"; }
  cluster_ok() { redis-cli -p "${nodes[0]##*:}" cluster info | grep cluster_state:ok >/dev/null; }
  wait_for 20 "the Redis cluster" "$dir/redis-cluster.log" cluster_ok
  export_line FAIRTERMIN_TEST_REDIS_CLUSTER "$(IFS=,; echo "${nodes[*]}")"
  say "Redis cluster of three on ${nodes[*]}"
}

start_rabbitmq() {
  local home=$dir/rabbitmq bin
  bin=$(rabbit_bin)
  mkdir -p "$home"
  free_port; local amqp=$port
  free_port; local dist=$port
  free_port; local epmd=$port
  printf 'listeners.tcp.1 = 127.0.0.1:%s\n' $amqp >"$home/rabbitmq.conf"
  echo '[].' >"$home/enabled_plugins"
  : >"$home/none"
  cat >"$home/env" <<ENV
export HOME='$home' RABBITMQ_NODENAME=fairtermin$amqp@localhost RABBITMQ_NODE_IP_ADDRESS=127.0.0.1
export RABBITMQ_NODE_PORT=$amqp RABBITMQ_DIST_PORT=$dist ERL_EPMD_PORT=$epmd ERL_EPMD_ADDRESS=127.0.0.1
export RABBITMQ_MNESIA_BASE='$home/mnesia' RABBITMQ_LOG_BASE='$home/log' RABBITMQ_CONFIG_FILE='$home/rabbitmq.conf'
export RABBITMQ_ENABLED_PLUGINS_FILE='$home/enabled_plugins' RABBITMQ_PID_FILE='$home/pid' RABBITMQ_CONF_ENV_FILE='$home/none'
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}'
ENV
  echo $epmd >"$home/epmd-port"
  engine rabbitmq bash -c '. "$1/env"; cd "$1"; exec "$2"' - "$home" "$bin/rabbitmq-server"
  wait_for 90 RabbitMQ "$dir/rabbitmq.log" listens $amqp
  export_line FAIRTERMIN_TEST_RABBITMQ "amqp://guest:guest@127.0.0.1:$amqp/%2f"
  export_line FAIRTERMIN_TEST_RABBITMQ_HOME "$home"
  say "RabbitMQ $(ls /usr/lib/rabbitmq/lib | grep -oE '[0-9.]+$' | sort -V | tail -1) on port $amqp"
}

# --- start and stop ---------------------------------------------------------------------------

start() {
  mkdir -p "$root/target"
  dir=$(mktemp -d "$root/target/services.XXXXXX")
  chmod 755 "$dir"
  : >"$dir/pids"; : >"$dir/outside"; : >"$dir/env"
  started=
  trap '[ -n "$started" ] || stop_dir "$dir"' EXIT
  install_missing
  export_line FAIRTERMIN_TEST_DIR "$dir"
  [ -n "${FAIRTERMIN_TEST_RABBITMQ:-}" ] || start_rabbitmq
  [ -n "${FAIRTERMIN_TEST_POSTGRES:-}" ] || start_postgres
  [ -n "${FAIRTERMIN_TEST_REDIS:-}" ] || start_redis
  [ -n "${FAIRTERMIN_TEST_REDIS_CLUSTER:-}" ] || start_redis_cluster
  started=yes
}

alive() { kill -0 "$1" 2>/dev/null; }

stop_dir() {
  local at=$1 pid outside
  [ -f "$at/pids" ] || return 0
  # The broker's pid file names the Erlang process; its wrapper may already be gone.
  { cat "$at/pids"; cat "$at/rabbitmq/pid" 2>/dev/null || true; } | while read -r pid; do
    alive "$pid" && kill "$pid" 2>/dev/null || true
  done
  local until=$((SECONDS + 20))
  { cat "$at/pids"; cat "$at/rabbitmq/pid" 2>/dev/null || true; } | while read -r pid; do
    while alive "$pid" && [ $SECONDS -lt $until ]; do sleep 0.1; done
    alive "$pid" && kill -9 "$pid" 2>/dev/null || true
  done
  # Erlang's port mapper outlives the broker; it listens on a port of our own choosing.
  if [ -f "$at/rabbitmq/epmd-port" ] && command -v epmd >/dev/null; then
    ERL_EPMD_PORT=$(cat "$at/rabbitmq/epmd-port") epmd -kill >/dev/null 2>&1 || true
  fi
  while read -r outside; do rm -rf "$outside"; done <"$at/outside"
  rm -rf "$at"
}

case ${1:-} in
  start) start ;;
  stop) stop_dir "${2:-${FAIRTERMIN_TEST_DIR:?nothing to stop: FAIRTERMIN_TEST_DIR is not set}}" ;;
  *) fail "say start or stop" ;;
esac
