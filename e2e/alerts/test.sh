#!/usr/bin/env bash
# When each alert of the chart fires, and when it does not: the rules as Helm renders them, in
# Prometheus's own rule tests. Installs nothing: promtool is taken out of Debian's package prometheus.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$here/../../target/alerts
mkdir -p "$work"
cd "$work"
. "$here/../python_env.sh"
python_env "$here/../../target/chart/env" "$here/../chart/requirements.txt"

promtool=$(command -v promtool || echo "$work/promtool/usr/bin/promtool")
if [ ! -x "$promtool" ]; then
  command -v apt-get >/dev/null || { echo "alerts: promtool is missing: install Prometheus" >&2; exit 1; }
  # A server of a new machine has no lists yet.
  apt-get download prometheus >apt.log 2>&1 || { apt-get update -qq >>apt.log 2>&1 && apt-get download prometheus >>apt.log 2>&1; } ||
    { tail -3 apt.log >&2; exit 1; }
  dpkg -x prometheus_*.deb promtool
  rm -f prometheus_*.deb promtool/usr/bin/prometheus
fi
PYTHONDONTWRITEBYTECODE=1 ../chart/env/bin/python "$here/rules.py" "$work"
"$promtool" check rules --lint=all --lint-fatal "$work"/rules-*.yaml >check.log 2>&1 || { cat check.log >&2; exit 1; }
"$promtool" test rules "$work"/test-*.yaml >test.log 2>&1 || { cat test.log >&2; exit 1; }
echo "alerts: $(cat cases.txt), as expected"
