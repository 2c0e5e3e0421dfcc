"""What the service account of slot may do, tried with a token of its own."""

from kubernetes import client

from releases_world import expect


def slot_may_do_this_and_nothing_else(world, preset):
    space, name = world.spaces[preset], f"{preset}-fairtermin-slot"
    own = as_account(world, space, name)
    core = client.CoreV1Api(own)
    leases, events = client.CoordinationV1Api(own), client.EventsV1Api(own)
    catalogue, other = f"{name}-catalogue", world.spaces["kfz"]

    def report(namespace):
        return events.create_namespaced_event(namespace, {
            "metadata": {"generateName": "access-"}, "action": "Try", "reason": "Access", "type": "Normal",
            # The client leaves out microseconds that are 0, and the server wants them.
            "eventTime": "2026-11-24T08:00:00.000001Z", "reportingController": "fairtermin.de/test",
            "reportingInstance": "test",
            "regarding": {"apiVersion": "v1", "kind": "ConfigMap", "name": catalogue, "namespace": namespace}})

    def renew():
        lease = leases.read_namespaced_lease(name, space)
        lease.spec = client.V1LeaseSpec(holder_identity="access")
        leases.replace_namespaced_lease(name, space, lease)
        lease = leases.read_namespaced_lease(name, space)
        lease.spec = client.V1LeaseSpec()
        leases.replace_namespaced_lease(name, space, lease)

    allowed = {
        "read its catalogue": lambda: core.read_namespaced_config_map(catalogue, space),
        "list and watch its catalogue": lambda: core.list_namespaced_config_map(
            space, field_selector=f"metadata.name={catalogue}"),
        "publish an Event": lambda: report(space),
        "hold its Lease": renew,
    }
    forbidden = {
        "read its settings": lambda: core.read_namespaced_config_map(f"{name}-settings", space),
        "list ConfigMaps": lambda: core.list_namespaced_config_map(space),
        "change its catalogue": lambda: core.patch_namespaced_config_map(catalogue, space, {"data": {"x": "y"}}),
        "delete its catalogue": lambda: core.delete_namespaced_config_map(catalogue, space),
        "read its Secret": lambda: core.read_namespaced_secret(name, space),
        "list Secrets": lambda: core.list_namespaced_secret(space),
        "list pods": lambda: core.list_namespaced_pod(space),
        "list Events": lambda: events.list_namespaced_event(space),
        "report into another namespace": lambda: report(other),
        "read another authority's catalogue": lambda: core.read_namespaced_config_map(
            "kfz-fairtermin-slot-catalogue", other),
        "read another authority's Lease": lambda: leases.read_namespaced_lease("kfz-fairtermin-slot", other),
        "delete its Lease": lambda: leases.delete_namespaced_lease(name, space),
        "make a Lease": lambda: leases.create_namespaced_lease(space, {"metadata": {"name": "more"}}),
        "list Leases": lambda: leases.list_namespaced_lease(space),
        "list namespaces": lambda: core.list_namespace(),
        "ask for more tokens": lambda: core.create_namespaced_service_account_token(name, space, {"spec": {}}),
        "change its Deployment": lambda: client.AppsV1Api(own).patch_namespaced_deployment(name, space, {}),
    }
    for what, action in allowed.items():
        answer = status(action)
        expect(answer == 200, f"slot may not {what}: {answer}")
    world.step(f"slot may {', '.join(allowed)}")
    for what, action in forbidden.items():
        answer = status(action)
        expect(answer == 403, f"slot may {what}: {answer}")
    world.step(f"slot may not {', '.join(forbidden)}")


def as_account(world, space, name):
    """A client with a token like the one in the pod."""
    token = world.core.create_namespaced_service_account_token(name, space, {"spec": {"expirationSeconds": 600}})
    settings = client.Configuration()
    known = world.core.api_client.configuration
    settings.host, settings.ssl_ca_cert = known.host, known.ssl_ca_cert
    settings.api_key = {"authorization": f"Bearer {token.status.token}"}
    return client.ApiClient(settings)


def status(action):
    try:
        action()
        return 200
    except client.ApiException as refusal:
        return refusal.status
