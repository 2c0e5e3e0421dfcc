"""The cluster and Helm, as the steps in releases.py need them."""

import base64
import os
import pathlib
import time
import uuid

import helm_python as helm
from kubernetes import client, config

CHART = pathlib.Path(__file__).resolve().parents[2] / "charts/fairtermin"
OURS = "app.kubernetes.io/part-of=fairtermin"
ROLES = {"platform": ["identity", "notification", "portal"], "auditor": ["auditor"], "all-in-one": []}


def expect(condition, message):
    if not condition:
        raise SystemExit(f"FAILED: {message}")


def refused(action, kind):
    """The message of the refusal that `action` must end with."""
    try:
        action()
    except kind as error:
        return str(error)
    raise SystemExit("FAILED: was not refused")


class World:
    """Namespaces of this run, and the releases in them. Removes the namespaces at the end."""

    def __init__(self, kubeconfig, releases):
        """`releases` maps their names to their values files."""
        self.kubeconfig, self.steps, self.files = kubeconfig, 0, releases
        api = config.new_client_from_config(kubeconfig)
        self.core, self.apps = client.CoreV1Api(api), client.AppsV1Api(api)
        self.batch, self.policy = client.BatchV1Api(api), client.PolicyV1Api(api)
        self.leases = client.CoordinationV1Api(api)
        self.version = client.VersionApi(api).get_code().git_version
        # On a cluster of pretended nodes no image is pulled.
        self.pretended = os.environ.get("FAIRTERMIN_TEST_PRETENDED_NODES") == "1"
        run = uuid.uuid4().hex[:6]
        self.spaces = {release: f"{release}-{run}" for release in releases}

    def __enter__(self):
        for preset, namespace in self.spaces.items():
            self.core.create_namespace({"metadata": {
                "name": namespace, "labels": {"pod-security.kubernetes.io/enforce": "restricted"}}})
            for role in ROLES.get(preset, ["slot"]):
                key = base64.b64encode(b"only for this test, 32 bytes or more").decode()
                self.core.create_namespaced_secret(namespace, {
                    "metadata": {"name": f"{preset}-fairtermin-{role}"}, "data": {"database-url": key}})
        return self

    def __exit__(self, *failure):
        for namespace in self.spaces.values():
            self.core.delete_namespace(namespace)

    def step(self, proved):
        self.steps += 1
        print(f"{self.steps:2} {proved}", flush=True)

    # Helm.

    def _config(self, preset):
        return helm.Config(kubeconfig_path=self.kubeconfig, namespace=self.spaces[preset])

    def values(self, preset, changes):
        values = helm.values_from_yaml(self.files[preset].read_text())
        if not self.knows_routes():
            for role in ROLES.get(preset, ["slot"]):
                if "gateway" in values.get(role, {}):
                    values[role]["gateway"]["enabled"] = False
        return overlay(values, changes or {})

    def knows_routes(self):
        """Whether the cluster has the Gateway API, which the presets use."""
        groups = client.ApisApi(self.core.api_client).get_api_versions().groups
        return any(group.name == "gateway.networking.k8s.io" for group in groups)

    def install(self, preset, changes=None, wait=None):
        with self._config(preset) as release:
            return release.install(str(CHART), preset, self.values(preset, changes), wait=wait, timeout=120)

    def upgrade(self, preset, changes, wait="watcher", timeout=120):
        with self._config(preset) as release:
            return release.upgrade(str(CHART), preset, self.values(preset, changes), wait=wait, timeout=timeout)

    def rollback(self, preset):
        with self._config(preset) as release:
            release.rollback(preset, wait="watcher", timeout=60)
        self.until("the newcomer is gone", lambda: len(self.pods(preset)) == 2)

    def history(self, preset):
        with self._config(preset) as release:
            return [revision["status"] for revision in release.history(preset)]

    def uninstall(self, preset):
        with self._config(preset) as release:
            release.uninstall(preset, wait="watcher", timeout=60)

    # The cluster.

    def deployments(self, preset):
        return self.apps.list_namespaced_deployment(self.spaces[preset]).items

    def pods(self, preset):
        """Pods that are not on their way out."""
        pods = self.core.list_namespaced_pod(self.spaces[preset], label_selector=OURS).items
        return [pod for pod in pods if not pod.metadata.deletion_timestamp]

    def ready_pods(self, preset):
        return [pod for pod in self.pods(preset)
                if any(c.type == "Ready" and c.status == "True" for c in pod.status.conditions or [])]

    def config_map(self, preset, suffix):
        return self.core.read_namespaced_config_map(f"{preset}-fairtermin-{suffix}", self.spaces[preset])

    def budgets(self, preset):
        return self.policy.list_namespaced_pod_disruption_budget(self.spaces[preset]).items

    def secrets(self, preset):
        secrets = self.core.list_namespaced_secret(self.spaces[preset]).items
        return [secret for secret in secrets if not secret.type.startswith("helm.sh/")]

    def secret(self, space, name):
        data = self.core.read_namespaced_secret(name, space).data
        return {key: base64.b64decode(value).decode() for key, value in data.items()}

    def lease(self, preset):
        return self.leases.read_namespaced_lease(f"{preset}-fairtermin-slot", self.spaces[preset])

    def evict(self, preset, pod):
        """The status code of an eviction, as a drain asks for it."""
        body = {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": pod.metadata.name}}
        try:
            return self.core.create_namespaced_pod_eviction_with_http_info(
                pod.metadata.name, self.spaces[preset], body)[1]
        except client.ApiException as refusal:
            return refusal.status

    def leftovers(self, preset):
        space = self.spaces[preset]
        lists = [self.core.list_namespaced_pod, self.core.list_namespaced_config_map,
                 self.core.list_namespaced_service, self.core.list_namespaced_service_account,
                 self.apps.list_namespaced_deployment, self.policy.list_namespaced_pod_disruption_budget]
        return [item.metadata.name for each in lists for item in each(space, label_selector=OURS).items]

    def events(self, preset):
        return self.core.list_namespaced_event(self.spaces[preset]).items

    @staticmethod
    def _times(events, kind, reason):
        return sorted(e.last_timestamp or e.event_time for e in events
                      if e.involved_object.kind == kind and e.reason == reason)

    def first(self, events, kind, reason):
        return self._times(events, kind, reason)[0]

    def last(self, events, kind, reason):
        return self._times(events, kind, reason)[-1]

    @staticmethod
    def until(what, question, seconds=60):
        deadline = time.monotonic() + seconds
        while not question():
            expect(time.monotonic() < deadline, f"not within {seconds} s: {what}")
            time.sleep(0.1)


def overlay(base, changes):
    """As Helm lays one values file over another."""
    if not isinstance(base, dict) or not isinstance(changes, dict):
        return changes
    return {**base, **{key: overlay(base.get(key), value) for key, value in changes.items()}}
