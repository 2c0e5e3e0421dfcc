#!/usr/bin/env bash
# RabbitMQ loses what it took over: charts/fairtermin/runbooks/lost-data.md, "RabbitMQ lost
# messages". Notification is away while a person books, so that the event waits in its queue; then
# the queue is emptied, as a broker without its disks would be.
. "$(dirname "$0")/../processes.sh"
. e2e/outage/mails.sh

if [ -z "${FAIRTERMIN_TEST_RABBITMQ_HOME:-}" ]; then
  echo "outage: not proven that lost events come again: the broker is not one of e2e/services.sh" >&2
  exit 1
fi
broker() {
  (. "$FAIRTERMIN_TEST_RABBITMQ_HOME/env"; cd "$HOME"; exec /usr/lib/rabbitmq/bin/rabbitmqctl --quiet "$@")
}
# republish SETTINGS [OPTION...]: the events of the last hour.
republish() {
  "$fairtermin" events republish --config "$work/$1.yaml" --since "$(date -ud '-1 hour' +%Y-%m-%dT%H:%M:%SZ)" "${@:2}"
}
count() { republish "$1" --dry-run | grep -oP '\d+(?= events would be published again)' || echo 0; }

serve simulators simulators
serve identity identity
serve slot slot-buergeramt
serve portal portal
tour --only-book >"$work/tour.txt" || { cat "$work/tour.txt" >&2; exit 1; }
code=$(tail -1 "$work/tour.txt")
until=$((SECONDS + 30))
until [ "$(count slot-buergeramt)" -ge 1 ] && [ "$(count identity)" -ge 1 ]; do
  [ $SECONDS -lt $until ] || { echo "outage: the events were not published within 30 s" >&2; exit 1; }
  read -rt 0.2 <> <(:) || true
done
broker purge_queue fairtermin.notification >/dev/null

serve notification notification
republish slot-buergeramt --kind PersonErased | grep "but there are" >/dev/null || { echo "outage: a kind without events is not explained" >&2; exit 1; }
until curl -sf "$mailbox" >/dev/null; do
  [ $SECONDS -lt $((until + 30)) ] || { echo "outage: notification does not start" >&2; exit 1; }
  read -rt 0.2 <> <(:) || true
done
[ "$(mails)" = 0 ] || { echo "outage: an e-mail came though its event was lost" >&2; exit 1; }

# The address comes from identity, the booking from the slot service.
republish identity >/dev/null
republish slot-buergeramt >/dev/null
one_mail_about "$code"
# Once more than needed changes nothing.
republish slot-buergeramt >/dev/null
one_mail_about "$code"
echo "outage: RabbitMQ lost what it had, published again: one e-mail about $code"
