"""Renders every preset and asserts what the chart promises. Prints only what is wrong."""

import datetime
import itertools
import json
import pathlib
import re
import shutil
import sys
import tempfile

import kubernetes_validate
import yaml

from helm import Helm, Refused
from monitoring import expressions, mistakes
from reference import reference

HERE = pathlib.Path(__file__).parent
CHART = HERE.parent.parent / "charts/fairtermin"
PRESETS = sorted(path.stem.removeprefix("values-") for path in CHART.glob("values-*.yaml"))
KUBERNETES = ["1.29", "1.34"]
problems = []


def preset(name):
    return str(CHART / f"values-{name}.yaml")


def documents(text):
    return [document for document in yaml.safe_load_all(text) if document]


def pods(manifests):
    """Each pod template by the name of what makes it."""
    made = {d["metadata"]["name"]: d["spec"]["template"] for d in manifests
            if d["kind"] in ("Deployment", "Job")}
    assert made, "no pods at all"
    return made


def expect(condition, message):
    if not condition:
        problems.append(message)


def plain(value):
    """Dates as text, as Helm reads them."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, datetime.date) else value


def renders(helm, work):
    for name in PRESETS:
        for message in helm.lint(str(CHART), [preset(name)]):
            problems.append(f"lint {name}, Helm {helm.version}: {message}")
        text = helm.template(str(CHART), [preset(name)])
        (work / f"{name}.yaml").write_text(text)
        for manifest in documents(text):
            label = f"{name} {manifest['kind']} {manifest['metadata']['name']}"
            for version in KUBERNETES:
                try:
                    kubernetes_validate.validate(manifest, version, strict=True)
                except kubernetes_validate.SchemaNotFoundError:
                    pass  # not Kubernetes' own kind: an operator's
                except kubernetes_validate.ValidationError as error:
                    problems.append(f"{label}, Kubernetes {version}: {error.message}")
            promises(label, manifest)
        catalogue_arrives(name, documents(text))


def promises(label, manifest):
    if manifest["kind"] not in ("Deployment", "Job"):
        return
    spec = manifest["spec"]["template"]["spec"]
    expect(spec["securityContext"]["runAsNonRoot"] is True, f"{label}: may run as root")
    expect(spec["securityContext"]["seccompProfile"]["type"] == "RuntimeDefault", f"{label}: seccomp")
    component = manifest["spec"]["template"]["metadata"]["labels"]["app.kubernetes.io/component"]
    expect(component == "slot" or spec["automountServiceAccountToken"] is False,
           f"{label}: has a service account token and needs none")
    for container in spec["containers"]:
        security = container["securityContext"]
        expect(security["readOnlyRootFilesystem"] is True, f"{label}: writable root")
        expect(security["allowPrivilegeEscalation"] is False, f"{label}: privilege escalation")
        expect(security["capabilities"] == {"drop": ["ALL"]}, f"{label}: capabilities")
        mounted = {mount["name"] for mount in container["volumeMounts"]}
        expect(mounted == {volume["name"] for volume in spec["volumes"]}, f"{label}: mounts")
        expect(all("subPath" not in m for m in container["volumeMounts"]),
               f"{label}: a subPath does not follow changes")
        expect(not re.search(r"(?i)secret|password|key", str(container.get("env"))),
               f"{label}: secrets belong in files")


def catalogue_arrives(name, manifests):
    """What the admin wrote is what the service reads: Helm changes no key and no value."""
    written = plain(yaml.safe_load(pathlib.Path(preset(name)).read_text())).get("catalogue")
    arrived = [d["data"]["catalogue.yaml"] for d in manifests
               if d["kind"] == "ConfigMap" and d["metadata"]["name"].endswith("-catalogue")]
    if written is None:
        expect(not arrived, f"{name}: a catalogue that nobody wrote")
    else:
        expect([plain(yaml.safe_load(text))["catalogue"] for text in arrived] == [written],
               f"{name}: the catalogue in the ConfigMap differs from the preset")


def a_new_chart_version_restarts_no_pod(helm):
    with tempfile.TemporaryDirectory() as folder:
        newer = pathlib.Path(folder) / "fairtermin"
        shutil.copytree(CHART, newer)
        about = newer / "Chart.yaml"
        about.write_text(about.read_text().replace("\nversion: ", "\nversion: 9"))
        for name in PRESETS:
            before = pods(documents(helm.template(str(CHART), [preset(name)])))
            after = pods(documents(helm.template(str(newer), [preset(name)])))
            expect(before == after, f"{name}: a new chart version alone changes the pods")


def a_new_catalogue_restarts_no_pod_and_new_settings_do(helm):
    def rendered(values):
        return pods(documents(helm.template(str(CHART), [preset("kfz")], values)))
    location = {"catalogue": {"locations": {"lichtenberg": {"desks": 13}}}}
    expect(rendered({}) == rendered(location), "a new catalogue restarts pods")
    redis = {"slot": {"redis": {"urls": ["redis://other:6379"]}}}
    expect(rendered({}) != rendered(redis), "new settings restart no pod")


def an_example_renders_and_no_preset_is_too_big(helm, work):
    """Helm keeps values, chart and manifests in one Secret of at most 1 MiB; so is a ConfigMap."""
    for example in sorted((CHART / "examples").glob("*.yaml")):
        expect(pods(documents(helm.template(str(CHART), [str(example)]))), f"{example.name}: no pod")
    for name in PRESETS:
        size = (work / f"{name}.yaml").stat().st_size + pathlib.Path(preset(name)).stat().st_size
        expect(size < 512 * 1024, f"{name}: {size} bytes are more than half of what Helm can keep")


def the_recipe_for_a_provider_renders(helm):
    """services/identity/README.md prints values that an operator can paste."""
    text = (CHART.parent.parent / "services/identity/README.md").read_text()
    recipe = text.split("\n## Connect a provider\n")[1].split("\n## ")[0]
    values = yaml.safe_load(re.search(r"```yaml\n(.*?)```", recipe, re.S)[1])
    manifests = documents(helm.template(str(CHART), [preset("platform")], values))
    settings = [yaml.safe_load(d["data"]["settings.yaml"]) for d in manifests
                if d["kind"] == "ConfigMap" and d["metadata"]["name"].endswith("-identity-settings")]
    expect([s["identity"]["providers"] for s in settings] == [values["identity"]["settings"]["providers"]],
           "the provider that identity's README prints does not arrive in its settings")


def a_null_takes_an_entry_of_a_preset_out(helm):
    """As the README says: a service, a weekday, a closure, a rule of a service, a setting."""
    written = yaml.safe_load(pathlib.Path(preset("kfz")).read_text())["catalogue"]
    service = sorted(written["services"])[0]
    values = {"catalogue": {"services": {service: None}, "closures": {name: None for name in written.get("closures", {})},
                            "locations": {name: {"services": {service: None}} for name in written["locations"]}},
              "slot": {"settings": {"limits": {"person_per_minute": None}}, "podAnnotations": {"gone": None}}}
    manifests = documents(helm.template(str(CHART), [preset("kfz")], values))
    [text] = [d["data"]["catalogue.yaml"] for d in manifests
              if d["kind"] == "ConfigMap" and d["metadata"]["name"].endswith("-catalogue")]
    arrived = yaml.safe_load(text)["catalogue"]
    expect(service not in arrived["services"], f"Helm {helm.version}: {service}: null takes nothing out")
    expect(not arrived.get("closures"), f"Helm {helm.version}: a closure stays")
    expect("null" not in text, f"Helm {helm.version}: a null arrives at the service")
    settings = [d["data"]["settings.yaml"] for d in manifests
                if d["kind"] == "ConfigMap" and d["metadata"]["name"].endswith("-slot-settings")]
    expect(settings and "null" not in settings[0], f"Helm {helm.version}: a null arrives in the settings")


def optional_blocks(helm):
    everything = {"defaults": {
        "autoscaling": {"enabled": True}, "migrationHook": {"enabled": True},
        "gateway": {"enabled": True, "host": "termin.example.org", "parentRefs": [{"name": "public"}]},
        "postgres": {"enabled": True, "backup": {"enabled": True, "destinationPath": "s3://office/backups"}}, "externalSecret": {"enabled": True, "key": "a", "store": {"name": "b"}},
        "networkPolicy": {"allowFromNamespaces": ["gateways"]},
        "env": {"FAIRTERMIN__X": 2}, "restartedFor": "1", "podAnnotations": {"a": "b"},
        "nodeSelector": {"a": "b"}, "tolerations": [{"key": "a", "operator": "Exists"}], "affinity": {"podAffinity": {}},
        "podLabels": {"team": "it"}, "priorityClassName": "office", "dnsPolicy": "None",
        "dnsConfig": {"nameservers": ["10.0.0.10"]}, "envFrom": [{"configMapRef": {"name": "all"}}],
        "extraVolumes": {"own": {"mountPath": "/own", "source": {"configMap": {"name": "own"}}}}},
        "caBundle": {"configMap": "office-ca"}, "openshift": True,
        "extraObjects": {"own": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "own"}}},
        "dashboard": {"enabled": True}, "rabbitmq": {"enabled": True},
        "image": {"digest": "sha256:" + "0" * 64, "pullPolicy": "IfNotPresent", "pullSecrets": [{"name": "r"}]}}
    route = {"enabled": True, "host": "termin.example.org", "annotations": {"a": "b"}}
    an_ingress = {"defaults": {"ingress": route, "networkPolicy": {"allowFromNamespaces": ["gateways"]}}}
    an_ingress |= {role: {"gateway": {"enabled": False}} for role in ("identity", "portal", "auditor")}
    for name, (what, values) in itertools.product(PRESETS, [("everything on", everything), ("an ingress", an_ingress)]):
        for manifest in documents(helm.template(str(CHART), [preset(name)], values)):
            promises(f"{name} with {what}, {manifest['metadata']['name']}", manifest)
            try:
                kubernetes_validate.validate(manifest, KUBERNETES[-1], strict=True)
            except kubernetes_validate.SchemaNotFoundError:
                pass  # an operator's: e2e/kube/operators.py


def alerts_and_dashboard(helm):
    values = {"defaults": {"monitoring": {"enabled": True}}, "dashboard": {"enabled": True}}
    for name in [name for name in PRESETS if name not in ("all-in-one", "auditor")]:
        manifests = documents(helm.template(str(CHART), [preset(name)], values))
        problems.extend(f"{name}: {mistake}" for mistake in mistakes(manifests))
        expect(len(list(expressions(manifests))) > 12, f"{name}: alerts or panels are missing")
        kinds = {manifest["kind"] for manifest in manifests}
        expect({"PrometheusRule", "ServiceMonitor"} <= kinds, f"{name}: {kinds}")


def the_name_of_the_schema_is_not_fetched(helm, work):
    """`$id` is a name. Here it leads nowhere, and values are checked all the same."""
    chart = work / "renamed"
    shutil.rmtree(chart, ignore_errors=True)
    shutil.copytree(CHART, chart)
    schema = json.loads((chart / "values.schema.json").read_text())
    expect(schema.get("$id", "").endswith("/values.schema.json"), "values.schema.json has no $id")
    schema["$id"] = "https://nowhere.invalid/values.schema.json"
    (chart / "values.schema.json").write_text(json.dumps(schema))
    expect("kind: Deployment" in helm.template(str(chart), [preset("lea")]), f"Helm {helm.version}: nothing is rendered")
    try:
        helm.template(str(chart), [preset("lea")], {"slot": {"replicas": "two"}})
        problems.append(f"Helm {helm.version}: values are not checked by a schema with an $id")
    except Refused as refused:
        expect("/slot/replicas" in str(refused), f"Helm {helm.version}: {refused}")


def refusals(helm):
    """The message for each kind of mistake."""
    report = []
    for case in yaml.safe_load((HERE / "refusals.yaml").read_text()):
        files = [preset(case["preset"])] if case["preset"] else []
        try:
            helm.template(str(CHART), files, case["values"])
            problems.append(f"not refused by Helm {helm.version}: {case['mistake']}")
        except Refused as refused:
            lines = [line.strip() for line in str(refused).splitlines()]
            useful = [line for line in lines if line.startswith("- at ") or ": is missing" in line
                      or "nothing is enabled" in line or "demo.enabled" in line
                      or "auditor.enabled" in line or "is missing a" in line
                      or "the chart's own" in line or "are both on" in line]
            report.append(case["mistake"] + "\n" + "".join(f"    {line}\n" for line in useful or lines))
    return "\n".join(report)


def main(work, update):
    snapshot = HERE / "refusals.snapshot.txt"
    for version in ("v3", "v4"):
        helm = Helm(version)
        renders(helm, work)
        report = refusals(helm)
        if update and version == "v3":
            snapshot.write_text(report)
        expect(report == snapshot.read_text(), f"Helm {version}: refusals differ from "
               f"{snapshot.name}; look at target/chart/refusals.txt, accept with --update")
        (work / "refusals.txt").write_text(report)
        a_null_takes_an_entry_of_a_preset_out(helm)
        the_name_of_the_schema_is_not_fetched(helm, work)
        helm.close()
    helm = Helm()
    a_new_chart_version_restarts_no_pod(helm)
    a_new_catalogue_restarts_no_pod_and_new_settings_do(helm)
    an_example_renders_and_no_preset_is_too_big(helm, work)
    the_recipe_for_a_provider_renders(helm)
    optional_blocks(helm)
    alerts_and_dashboard(helm)
    helm.close()
    table = CHART / "VALUES.md"
    if update:
        table.write_text(reference(CHART))
    for key in ("slot.settings.tickets.identity.client", "identity.settings.providers[].staff.grants.<name>[].role"):
        expect(f"| `{key}` |" in reference(CHART), f"VALUES.md does not list {key}")
    for form in ("beacon.drand", "beacon.auditor", "beacon.fixed", "holds.redis", "tickets.identity"):
        [line] = [line for line in reference(CHART).splitlines() if line.startswith(f"| `slot.settings.{form}` |")]
        expect("Or else `" in line and "| required |" not in line, f"one of several forms is called required: {line}")
    expect(table.read_text() == reference(CHART), "VALUES.md is stale: run e2e/chart/test.sh --update")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), "--update" in sys.argv))
