#!/usr/bin/env bash
# Follows charts/fairtermin/runbooks/restore.md, "A PostgreSQL of your own", with a real PostgreSQL: archives the log, copies the
# database as a whole, books on, and goes back to a moment and to the end.
#
#   e2e/restore/test.sh [ROWS]     quiet if all is well; with ROWS (default 100000) it says how long a restore took
set -euo pipefail
rows=${1:-100000}
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -x "$bin/pg_basebackup" ] || { echo "restore: pg_basebackup is missing: apt install postgresql" >&2; exit 1; }
work=$(mktemp -d /tmp/fairtermin-restore.XXXXXX)
run=()
if [ "$(id -u)" = 0 ]; then
  run=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  chown postgres "$work"
fi
cd "$work"
as_postgres() { "${run[@]}" "$@"; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
fail() { echo "restore: $*" >&2; cat "$work"/*.log >&2; exit 1; }
started=()
clean() {
  for data in "${started[@]}"; do as_postgres "$bin/pg_ctl" -D "$data" -m immediate stop >/dev/null 2>&1 || true; done
  rm -rf "$work"
}
trap clean EXIT

# Starts the server of a data folder and waits until it answers and has left recovery.
start() {
  local data=$1 port=$2
  started+=("$data")
  as_postgres "$bin/pg_ctl" -D "$data" -l "$data.log" -w -t 60 \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=" start >/dev/null || fail "$data does not start"
  for _ in $(seq 600); do
    [ "$(ask "$port" 'SELECT pg_is_in_recovery()')" = f ] && return
    read -rt 0.1 <> <(:) || true
  done
  fail "$data does not leave recovery"
}
ask() { "$bin/psql" -h 127.0.0.1 -p "$1" -U postgres -qAtX -v ON_ERROR_STOP=1 -c "$2" postgres; }

# The running installation: as the runbook's first line of configuration says.
as_postgres mkdir archive copies
port=$(free_port)
as_postgres "$bin/initdb" -D main -U postgres -A trust -E UTF8 --locale=C.UTF-8 >initdb.log
as_postgres tee -a main/postgresql.conf >/dev/null <<CONFIGURATION
archive_mode = on
archive_timeout = 60
archive_command = 'test ! -f $work/archive/%f && cp %p $work/archive/%f'
CONFIGURATION
start "$work/main" "$port"
ask "$port" "CREATE TABLE bookings (id int PRIMARY KEY, booked_at timestamptz NOT NULL DEFAULT clock_timestamp())"
ask "$port" "INSERT INTO bookings SELECT generate_series(1, $rows)"

# At once (fast), where a nightly copy spreads its work over minutes.
as_postgres "$bin/pg_basebackup" -h 127.0.0.1 -p "$port" -U postgres -D copies/night -Ft -z -X stream -c fast

# The day goes on, then somebody deletes everything.
ask "$port" "INSERT INTO bookings SELECT generate_series($rows + 1, $rows + 100)"
moment=$(ask "$port" "SELECT clock_timestamp()")
ask "$port" "DELETE FROM bookings"
ask "$port" "INSERT INTO bookings VALUES (0)"
ask "$port" "SELECT pg_switch_wal()" >/dev/null
last=$(ask "$port" "SELECT pg_walfile_name(pg_current_wal_lsn() - 1)")
for _ in $(seq 100); do
  [ -f "archive/$last" ] && break
  read -rt 0.1 <> <(:) || true
done
as_postgres "$bin/pg_ctl" -D main -m immediate stop >/dev/null

# restore NAME TARGET: a new server from the copy and the archive; leaves its port in $port.
restore() {
  local data=$work/$1 target=$2
  as_postgres mkdir -m 700 "$data"
  as_postgres tar -xzf copies/night/base.tar.gz -C "$data"
  as_postgres tar -xzf copies/night/pg_wal.tar.gz -C "$data/pg_wal"
  as_postgres tee -a "$data/postgresql.auto.conf" >/dev/null <<CONFIGURATION
restore_command = 'cp $work/archive/%f %p'
recovery_target_action = 'promote'
archive_mode = off
$target
CONFIGURATION
  as_postgres touch "$data/recovery.signal"
  port=$(free_port)
  start "$data" "$port"
}

began=$(date +%s%N)
restore moment "recovery_target_time = '$moment'"
took=$((($(date +%s%N) - began) / 1000000))
found=$(ask "$port" "SELECT count(*) FROM bookings WHERE id > 0")
[ "$found" = $((rows + 100)) ] || fail "back at $moment there are $found bookings, not $((rows + 100))"

restore end ""
found=$(ask "$port" "SELECT string_agg(id::text, ',') FROM bookings")
[ "$found" = 0 ] || fail "as late as possible there is not what stood there last: $found"
[ $# = 0 ] || echo "restore: $rows bookings and what came after them were back after $took ms; nothing that was archived is lost"
