"""Real Helm 4 against a real API server: the life of the platform, of three authorities, of an auditor and of the demo.

Prints a line per step with what it proved; ends with a non-zero code at the first that fails.
"""

import os
import sys

import helm_python as helm

import access
import operators
from releases_world import CHART, World, expect, refused

PRESETS = ["platform", "lea", "buergeramt", "kfz", "auditor", "all-in-one"]


def main():
    files = {preset: CHART / f"values-{preset}.yaml" for preset in PRESETS}
    with World(os.environ["FAIRTERMIN_TEST_KUBECONFIG"], files) as world:
        print(f"Kubernetes {world.version}, Helm {helm.helm_sdk_version()}")
        refuses_mistakes(world)
        installs(world)
        access.slot_may_do_this_and_nothing_else(world, "lea")
        changes_the_catalogue_without_a_restart(world)
        rolls_out_changed_settings(world)
        survives_a_broken_version(world)
        migrates_before_pods_are_replaced(world)
        keeps_pods_while_nodes_are_drained(world)
        uninstalls(world)
        keeps_deposits(world)
        if world.pretended:
            operators.serve_the_platform(world)
    print(f"helm: {world.steps} steps, 0 failed")


def refuses_mistakes(world):
    message = refused(lambda: world.install("lea", {"slot": {"replicas": "two"}}), helm.HelmError)
    expect("/slot/replicas" in message, message)
    expect(not world.core.list_namespaced_config_map(world.spaces["lea"], label_selector="app.kubernetes.io/part-of=fairtermin").items,
           "something of the refused release is there")
    world.step("a value of the wrong type is refused, with its path, before anything is made")


def installs(world):
    for preset in PRESETS:
        release = world.install(preset, wait="watcher")
        expect(release["status"] == "deployed", release["status"])
    for preset in PRESETS:
        for deployment in world.deployments(preset):
            ready = deployment.status.ready_replicas
            expect(ready == deployment.spec.replicas, f"{deployment.metadata.name}: {ready} ready")
    pods = sum(len(world.pods(preset)) for preset in PRESETS)
    world.step(f"installed in {len(PRESETS)} namespaces that enforce restricted pod security: {pods} pods ready")
    spread = {}
    for pod in world.pods("lea"):
        spread.setdefault(pod.spec.node_name, []).append(pod.metadata.name)
    expect(all(len(names) == 1 for names in spread.values()), spread)
    world.step("the replicas of a service stand on different nodes")


def changes_the_catalogue_without_a_restart(world):
    before = {pod.metadata.uid for pod in world.pods("buergeramt")}
    world.upgrade("buergeramt", {"catalogue": {"closures": {"ausflug": {"date": "2027-05-07", "reason": "Ausflug"}}}})
    text = world.config_map("buergeramt", "slot-catalogue").data["catalogue.yaml"]
    expect("Ausflug" in text, "the closure is not in the ConfigMap")
    expect({pod.metadata.uid for pod in world.pods("buergeramt")} == before, "pods were replaced")
    world.step("helm upgrade with one more closed day: the ConfigMap has it, no pod restarted")


def rolls_out_changed_settings(world):
    before = {pod.metadata.uid for pod in world.pods("kfz")}
    world.upgrade("kfz", {"platform": {"identityUrl": "https://id2.example.org"}})
    after = {pod.metadata.uid for pod in world.pods("kfz")}
    expect(not before & after and len(after) == len(before), "pods were not replaced")
    world.step("helm upgrade with other settings: every pod was replaced")


def survives_a_broken_version(world):
    before = {pod.metadata.uid for pod in world.ready_pods("lea")}
    refused(lambda: world.upgrade("lea", {"image": {"tag": "broken"}}, timeout=15), helm.HelmError)
    expect({pod.metadata.uid for pod in world.ready_pods("lea")} == before, "the old pods are gone")
    world.step("an image that cannot be pulled: the upgrade fails, the old pods serve on")
    world.rollback("lea")
    expect(world.history("lea") == ["superseded", "failed", "deployed"], world.history("lea"))
    expect({pod.metadata.uid for pod in world.pods("lea")} == before, "rollback replaced pods")
    world.step("helm rollback: the newcomer is gone, the old pods were never touched")


def migrates_before_pods_are_replaced(world):
    world.upgrade("kfz", {"slot": {"migrationHook": {"enabled": True}, "restartedFor": "migration"}})
    events = world.events("kfz")
    job = world.first(events, "Job", "Completed")
    rollout = world.last(events, "Deployment", "ScalingReplicaSet")
    expect(job <= rollout, f"the job completed at {job}, pods were replaced at {rollout}")
    left = world.batch.list_namespaced_job(world.spaces["kfz"]).items
    expect(not left, "a job that succeeded stays")
    world.step("with the hook on, the migration job completed before pods were replaced, and is gone")


def keeps_pods_while_nodes_are_drained(world):
    first, second = world.ready_pods("lea")[:2]
    world.evict("lea", first)
    answer = world.evict("lea", second)
    expect(answer in (201, 429), answer)
    world.until("two pods again", lambda: len(world.ready_pods("lea")) == 2)
    budget = world.budgets("lea")[0]
    expect(budget.spec.max_unavailable == 1 and budget.status.expected_pods == 2, budget.status)
    world.step(f"evictions go through the budget (the second at once was answered {answer}); pods came back")


def uninstalls(world):
    for preset in PRESETS:
        world.uninstall(preset)
        world.until(f"{preset} is empty", lambda: world.leftovers(preset) == [])
        expect(preset == "all-in-one" or world.secrets(preset), "the authority's own Secrets were removed")
    world.step("helm uninstall: nothing is left but the Secrets, which are the authority's own")
    world.install("lea", wait="watcher")
    world.step("and installed again")


def keeps_deposits(world):
    claims = lambda: [claim.metadata.name for claim in
                      world.core.list_namespaced_persistent_volume_claim(world.spaces["auditor"]).items]
    # Not every cluster has a disk for it.
    world.install("auditor", {"auditor": {"authorities": ["https://lea.example.org"]}})
    expect(claims() == ["auditor-fairtermin-auditor-deposits"], claims())
    world.uninstall("auditor")
    world.until("the auditor is gone", lambda: world.leftovers("auditor") == [])
    expect(claims() == ["auditor-fairtermin-auditor-deposits"], "helm uninstall removed the deposits")
    world.step("helm uninstall leaves the disk with an auditor's deposits")


if __name__ == "__main__":
    sys.exit(main())
