#!/usr/bin/env bash
# The slot service dies between commit and publish: after its restart the e-mail still arrives,
# and once.
#
# The fail point is the setting `bus.relay: false`: the service commits with the event in its
# outbox and never publishes. Then it is killed (SIGKILL) and started again as usual.
. "$(dirname "$0")/../processes.sh"
. e2e/outage/mails.sh

serve simulators simulators
serve identity identity
FAIRTERMIN__SLOT__BUS__RELAY=false serve slot slot-buergeramt
serve notification notification
serve portal portal
code=$(tour --only-book | tee /dev/stderr | tail -1)

kill -9 "${pid_of[slot-buergeramt]}"
wait "${pid_of[slot-buergeramt]}" 2>/dev/null || true
[ "$(mails)" = 0 ] || { echo "outage: an e-mail came before the event was published" >&2; exit 1; }

serve slot slot-buergeramt
one_mail_about "$code"
echo "outage: killed between commit and publish, restarted: one e-mail about $code"
