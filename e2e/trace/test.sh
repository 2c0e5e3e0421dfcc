#!/usr/bin/env bash
# One trace from a click to the e-mail: a browser that names a trace books at the portal, and the
# portal, the slot service and the notification service log their part of it under the trace's id, on
# PostgreSQL, Redis and RabbitMQ.
. "$(dirname "$0")/../processes.sh"

export RUST_LOG=info,telemetry=debug
serve simulators simulators
serve identity identity
serve slot slot-buergeramt
serve notification notification
serve portal portal

portal=$(sed -nE "s/.*--portal ([^ ']*).*/\\1/p" "$work/tour.env" | tail -1)
until=$((SECONDS + 30))
until curl -sf -o /dev/null "${portal}readyz"; do
  [ $SECONDS -lt $until ] || { echo "trace: the portal is not ready" >&2; exit 1; }
  read -rt 0.2 <> <(:) || true
done

TRACE_ID=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
export TRACE_ID
e2e/browser/test.sh "$portal" "$PWD/e2e/trace/click.mjs"

# logged SERVICE MESSAGE: the service logged it as part of the trace. The second grep reads to the end:
# one that stops at the first line would fail the first (SIGPIPE) whenever there are many.
logged() { grep -F "\"trace_id\":\"$TRACE_ID\"" "$work/$1.log" | grep -F "\"message\":\"$2\"" >/dev/null; }
for step in "notification:message sent" "portal:request done" "slot-buergeramt:request done" "notification:event handled"; do
  until=$((SECONDS + 30))
  until logged "${step%%:*}" "${step#*:}"; do
    [ $SECONDS -lt $until ] || { echo "trace: ${step%%:*} did not log '${step#*:}' as part of $TRACE_ID" >&2; exit 1; }
    read -rt 0.2 <> <(:) || true
  done
done
echo "trace: portal, slot and notification logged one trace up to the e-mail"
