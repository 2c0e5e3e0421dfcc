"""Renders the chart's alerts, and writes them and their cases as promtool reads them: rules.py FOLDER."""

import pathlib
import sys

import yaml

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "chart"))
from helm import Helm  # noqa: E402

CHART = HERE.parent.parent / "charts/fairtermin"
VALUES = {"defaults": {"monitoring": {"enabled": True}}}
# Presets that run all services between them, and the namespaces of their releases.
RELEASES = {"lea": "lea", "platform": "platform"}


def rules(helm, release):
    """The rules of each service of a release, by the service's name."""
    text = helm.template(str(CHART), [str(CHART / f"values-{release}.yaml")], VALUES, release, RELEASES[release])
    made = [document for document in yaml.safe_load_all(text) if document]
    return {rule["metadata"]["name"]: rule["spec"] for rule in made if rule["kind"] == "PrometheusRule"}


def alerts(spec):
    return {rule["alert"]: rule for group in spec["groups"] for rule in group["rules"]}


def unit(name, case, rule):
    """One case: with these series, at this time, the alert fires for these labels or not at all."""
    series = [{"series": made.replace("NAME", name), "values": values} for made, values in case["series"].items()]
    fires = [{"exp_labels": {"severity": rule["labels"]["severity"]} | labels, "exp_annotations": annotations(rule, labels)}
             for labels in case["fires"]]
    return {"interval": "1m", "name": f"{name}: {case['case']}", "input_series": series, "alert_rule_test": [
        {"alertname": rule["alert"], "eval_time": case["at"], "exp_alerts": fires}]}


def annotations(rule, labels):
    """Prometheus fills labels into the summary."""
    filled = dict(rule["annotations"])
    for label, value in labels.items():
        filled["summary"] = filled["summary"].replace(f"{{{{ $labels.{label} }}}}", value)
    return filled


def main(folder):
    for old in folder.glob("*.yaml"):
        old.unlink()
    cases = yaml.safe_load((HERE / "cases.yaml").read_text())
    helm, tested, count = Helm("v4"), set(), 0
    services = {name: spec for release in RELEASES for name, spec in rules(helm, release).items()}
    helm.close()
    for name, spec in services.items():
        known, units = alerts(spec), []
        (folder / f"rules-{name}.yaml").write_text(yaml.safe_dump(spec))
        for case in cases:
            if case["service"] == name:
                units.append(unit(name, case, known[case["alert"]]))
                tested.add(case["alert"])
        count += len(units)
        if units:
            test = {"rule_files": [f"rules-{name}.yaml"], "evaluation_interval": "1m", "tests": units}
            (folder / f"test-{name}.yaml").write_text(yaml.safe_dump(test))
    every = {alert for spec in services.values() for alert in alerts(spec)}
    untested = sorted(every - tested)
    if untested:
        sys.exit(f"alerts: no case says when these fire: {', '.join(untested)} (e2e/alerts/cases.yaml)")
    (folder / "cases.txt").write_text(f"{len(every)} alerts in {count} cases")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
