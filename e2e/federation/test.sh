#!/usr/bin/env bash
# Two authorities in processes of their own (own database, own virtual host of the broker, own
# keys), one portal and one identity service: a person finds and books at both, neither can read
# or guess what the other knows, and one that hangs or dies leaves the other usable.
. "$(dirname "$0")/../processes.sh"
. e2e/agency/install.sh

# An authority's events stay in its own virtual host; a broker that is not ours has only one.
bus_of() {
  local env=${FAIRTERMIN_TEST_DIR:-}/rabbitmq/env
  if [ -f "$env" ]; then
    (
      . "$env"
      rabbitmqctl=$(ls /usr/lib/rabbitmq/bin/rabbitmqctl)
      "$rabbitmqctl" --quiet add_vhost "fairtermin-$1"
      "$rabbitmqctl" --quiet set_permissions --vhost "fairtermin-$1" guest '.*' '.*' '.*'
    ) >/dev/null
    echo "${FAIRTERMIN_TEST_RABBITMQ%/*}/fairtermin-$1"
  else
    echo "$FAIRTERMIN_TEST_RABBITMQ"
  fi
}

authority() {
  FAIRTERMIN__SLOT__BUS__URL__VALUE=$(bus_of "$1") \
    FAIRTERMIN__SLOT__HOLD_TOKEN__KEY__VALUE="hold tokens of $1, in this test only" \
    FAIRTERMIN__SLOT__PERSON_DATA__KEY__VALUE="person data of $1, in this test only" \
    serve slot "slot-$1"
}

serve simulators simulators
serve identity identity
authority buergeramt
authority kfz
serve notification notification
serve portal portal

listens() { jq -r ".slot.http.listen" "$work/slot-$1.yaml"; }
option() { sed -nE "s/.*--$1 ([^ ']*).*/\\1/p" "$work/tour.env" | tail -1; }
"$agency_env/bin/python" e2e/federation/check.py "$(jq -n \
  --arg buergeramt "http://$(listens buergeramt)" --arg kfz "http://$(listens kfz)" \
  --arg identity "$(option identity)" --arg portal "$(option portal)" --arg secret "$FAIRTERMIN_TOUR_SECRET" \
  --arg postgres "${FAIRTERMIN_TEST_POSTGRES%/*}" \
  '{$buergeramt, $kfz, $identity, $portal, $secret, $postgres}')" "${pid_of[slot-kfz]}"
