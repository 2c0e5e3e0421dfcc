#!/usr/bin/env bash
# What an outage costs: nothing. Each script has services of its own.
set -euo pipefail
here=$(dirname "$0")
"$here/killed_before_publish.sh"
"$here/lost_events.sh"
