# Sourced after processes.sh: what is in the test mailbox.
mailbox=$(sed -E "s/.*--notification ([^ ']*).*/\\1/" "$work/tour.env" | tail -1)mailbox/messages
mails() { curl -sf "$mailbox" | grep -oF "\"subject\":" | wc -l; }
about() { curl -sf "$mailbox" | grep -oF "$1" | head -1; }

# one_mail_about CODE: waits for it, and fails if there are more.
one_mail_about() {
  local until=$((SECONDS + 30))
  until [ -n "$(about "$1")" ]; do
    [ $SECONDS -lt $until ] || { echo "outage: no e-mail within 30 s" >&2; exit 1; }
    read -rt 0.2 <> <(:) || true
  done
  # A second delivery would come from the same outbox within its polling interval.
  until=$((SECONDS + 3))
  while [ $SECONDS -lt $until ]; do
    [ "$(mails)" = 1 ] || { echo "outage: $(mails) e-mails instead of one" >&2; exit 1; }
    read -rt 0.2 <> <(:) || true
  done
}
