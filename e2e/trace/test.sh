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

# logged SERVICE MESSAGE: the service logged it as part of the trace.
logged() { grep -F "\"trace_id\":\"$TRACE_ID\"" "$work/$1.log" | grep -qF "\"message\":\"$2\""; }
until=$((SECONDS + 30))
until logged notification "message sent"; do
  [ $SECONDS -lt $until ] || { echo "trace: no e-mail was logged as part of $TRACE_ID" >&2; exit 1; }
  read -rt 0.2 <> <(:) || true
done
for step in "portal:request done" "slot-buergeramt:request done" "notification:event handled"; do
  logged "${step%%:*}" "${step#*:}" || { echo "trace: ${step%%:*} did not log '${step#*:}' as part of $TRACE_ID" >&2; exit 1; }
done
echo "trace: portal, slot and notification logged one trace up to the e-mail"
