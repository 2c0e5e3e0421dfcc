#!/usr/bin/env bash
# The tour against services in processes of their own, on real engines: see processes.sh.
. "$(dirname "$0")/processes.sh"

serve simulators simulators
serve identity identity
serve slot slot-buergeramt
serve notification notification
serve portal portal
tour
