#!/usr/bin/env bash
# The slot service dies between commit and publish: after its restart the e-mail still arrives,
# and once.
#
# The fail point is the setting `bus.relay: false`: the service commits with the event in its
# outbox and never publishes. Then it is killed (SIGKILL) and started again as usual.
. "$(dirname "$0")/../processes.sh"

serve simulators simulators
serve identity identity
FAIRTERMIN__SLOT__BUS__RELAY=false serve slot slot-buergeramt
serve notification notification
serve portal portal
code=$(tour --only-book | tee /dev/stderr | tail -1)

mailbox=$(sed -E "s/.*--notification ([^ ']*).*/\\1/" "$work/tour.env" | tail -1)mailbox/messages
mails() { curl -sf "$mailbox" | grep -oF "\"subject\":" | wc -l; }
about() { curl -sf "$mailbox" | grep -oF "$code" | head -1; }

kill -9 "${pid_of[slot-buergeramt]}"
wait "${pid_of[slot-buergeramt]}" 2>/dev/null || true
[ "$(mails)" = 0 ] || { echo "outage: an e-mail came before the event was published" >&2; exit 1; }

serve slot slot-buergeramt
until=$((SECONDS + 30))
until [ -n "$(about)" ]; do
  [ $SECONDS -lt $until ] || { echo "outage: no e-mail within 30 s of the restart" >&2; exit 1; }
  read -rt 0.2 <> <(:) || true
done
# A second delivery would come from the same outbox within its polling interval.
until=$((SECONDS + 3))
while [ $SECONDS -lt $until ]; do
  [ "$(mails)" = 1 ] || { echo "outage: $(mails) e-mails instead of one" >&2; exit 1; }
  read -rt 0.2 <> <(:) || true
done
echo "outage: killed between commit and publish, restarted: one e-mail about $code"
