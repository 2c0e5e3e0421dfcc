"""What Prometheus and Grafana get: every expression parses, and asks only for what exists."""

import json
import re

import promql_parser

# From kube-state-metrics and the kubelet. Our own begin with fairtermin_; e2e/kube/services.py finds
# each of them in a running service.
THEIRS = {
    "kube_deployment_status_replicas_available", "kube_deployment_status_condition",
    "kube_pod_container_status_restarts_total", "kube_job_status_failed",
    "container_memory_working_set_bytes",
}


def mistakes(manifests):
    """What is wrong with the expressions of these manifests."""
    found = []
    for label, expression in expressions(manifests):
        # Grafana's variables are not PromQL.
        plain = expression.replace("$__rate_interval", "5m").replace("$namespace", ".*")
        try:
            promql_parser.parse(plain)
        except ValueError as error:
            found.append(f"{label}: {error}")
        for metric in metrics(plain):
            if not metric.startswith("fairtermin_") and metric not in THEIRS:
                found.append(f"{label}: nobody exports {metric}")
    return found


def expressions(manifests):
    """Name and PromQL of each alert and panel."""
    for manifest in manifests:
        if manifest["kind"] == "PrometheusRule":
            for group in manifest["spec"]["groups"]:
                yield from ((rule["alert"], rule["expr"]) for rule in group["rules"])
        for name, text in (manifest.get("data") or {}).items():
            if name.endswith(".json"):
                for panel in json.loads(text)["panels"]:
                    yield from ((panel["title"], target["expr"]) for target in panel["targets"])


def metrics(expression):
    """The metrics that an expression reads."""
    return set(re.findall(r"[a-z_]+(?=\{)", expression))
