"""The chart's resources for operators, checked by the API server against the operators' own definitions.

The operators do not run. Of what they would do, only the Secrets are made that their documents promise.
"""

import json
import pathlib
import subprocess
import tempfile

import yaml
from kubernetes import client

from releases_world import expect

HERE = pathlib.Path(__file__).parent
EVERYTHING = {
    "rabbitmq": {"enabled": True},
    "defaults": {
        "postgres": {"enabled": True, "spec": {"logLevel": "info"},
                     "backup": {"enabled": True, "destinationPath": "s3://office/backups", "secretName": "object-store"}},
        "externalSecret": {"enabled": True, "key": "fairtermin/platform", "store": {"name": "vault"}},
        "gateway": {"enabled": True, "host": "termin.example.org", "parentRefs": [{"name": "public", "namespace": "gateways"}]},
        "networkPolicy": {"allowFromNamespaces": ["gateways"]},
        "monitoring": {"enabled": True}, "migrationHook": {"enabled": True},
    },
    "identity": {"gateway": {"enabled": True}}, "portal": {"gateway": {"enabled": True}},
}


def define(world):
    """Makes the operators' definitions, from their Go modules, known to the API server."""
    api = client.ApiextensionsV1Api(world.core.api_client)
    for line in (HERE / "operators.txt").read_text().splitlines():
        if not line.startswith("#"):
            module, version, path = line.split()
            text = (module_folder(module, version) / path).read_text()
            api.create_custom_resource_definition(yaml.safe_load(text))
    established = lambda: all(any(c.type == "Established" and c.status == "True" for c in each.status.conditions or [])
                              for each in api.list_custom_resource_definition().items)
    world.until("definitions", established)


def module_folder(module, version):
    with tempfile.TemporaryDirectory() as nowhere:
        run = subprocess.run(["go", "mod", "download", "-json", f"{module}@{version}"],
                             cwd=nowhere, capture_output=True, text=True)
    answer = json.loads(run.stdout or "{}")
    expect("Dir" in answer, f"{module}: {answer.get('Error') or run.stderr}")
    return pathlib.Path(answer["Dir"])


def serve_the_platform(world):
    """A release that leaves databases, broker, Secrets, the way in and alerts to operators."""
    define(world)
    space = world.spaces["platform"]
    world.install("platform", EVERYTHING)
    made = {kind: objects(world, space, kind) for kind in (
        "postgresql.cnpg.io/v1/clusters", "postgresql.cnpg.io/v1/scheduledbackups", "rabbitmq.com/v1beta1/rabbitmqclusters",
        "external-secrets.io/v1/externalsecrets", "gateway.networking.k8s.io/v1/httproutes",
        "monitoring.coreos.com/v1/prometheusrules", "monitoring.coreos.com/v1/servicemonitors")}
    counts = {kind.rsplit("/", 1)[1]: len(found) for kind, found in made.items()}
    expect(counts == {"clusters": 2, "scheduledbackups": 2, "rabbitmqclusters": 1, "externalsecrets": 3, "httproutes": 3,
                      "prometheusrules": 3, "servicemonitors": 3}, counts)
    world.step(f"resources for operators, against their own definitions: {counts}")

    world.until("pods", lambda: len(world.pods("platform")) == 6)
    waits = lambda: [pod.metadata.name for pod in world.pods("platform") if pod not in world.ready_pods("platform")]
    expect(len(waits()) >= 4, "services did not wait for what the operators make")
    for cluster in made["postgresql.cnpg.io/v1/clusters"]:
        secret(world, space, f"{cluster['metadata']['name']}-app", {"uri": "postgresql://…"})
    [broker] = made["rabbitmq.com/v1beta1/rabbitmqclusters"]
    secret(world, space, f"{broker['metadata']['name']}-default-user", {"connection_string": "amqp://…"})
    world.until("ready", lambda: len(world.ready_pods("platform")) == 6)
    world.step("services wait for the Secrets of the database and the broker, then start")

    expect(not world.batch.list_namespaced_job(space).items, "a hook ran before its database was there")
    world.upgrade("platform", EVERYTHING)
    world.first(world.events("platform"), "Job", "Completed")
    world.step("the migration hook leaves out the installation, which has no database yet, and runs at the upgrade")

    world.uninstall("platform")
    kept = [len(objects(world, space, kind)) for kind in list(made)[:3]]
    expect(kept == [2, 2, 1], f"databases, backups and broker left after helm uninstall: {kept}")
    world.step("helm uninstall leaves databases and broker")


def objects(world, space, kind):
    group, version, plural = kind.split("/")
    return client.CustomObjectsApi(world.core.api_client).list_namespaced_custom_object(
        group, version, space, plural)["items"]


def secret(world, space, name, data):
    world.core.create_namespaced_secret(space, {"metadata": {"name": name}, "stringData": data})
