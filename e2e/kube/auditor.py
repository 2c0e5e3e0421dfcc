"""The auditor of draws, with the Secret of its pod, which is all that it has."""

import time

from releases_world import expect
from replica import Replica

RELEASE = "auditor"
DRAW = "drw_01jgv5qp2w9x3k7m4n8rt6yhzd"


def gives_seeds(world, office):
    """A seed is bound beforehand, told after the list is closed, and follows from the Secret alone."""
    office.give(RELEASE, "auditor", {"auditor-secret": "5e" * 32})
    world.install(RELEASE)
    world.until("its pod", lambda: len(world.pods(RELEASE)) == 1)
    now = int(time.time())
    closed, open_ = now - 86_400, now + 86_400
    first = asked(world, office, "first", closed, open_)
    expect(first["bound"] and first["later bound"], first)
    expect(first["seed"] and first["seed"] != first["bound"], first)
    expect(first["later seed"] is None, "a seed is told while people can still enter")
    expect(asked(world, office, "second", closed, open_) == first, "another process gives other seeds")
    world.step("an auditor binds each seed beforehand, tells it after the closing, and another process gives the same")


def asked(world, office, name, closed, open_):
    """What a process of its own answers."""
    [pod] = world.pods(RELEASE)
    replica = Replica(world, RELEASE, "auditor", pod.metadata.name, office.program, office.folder / f"auditor-{name}")
    try:
        world.until("it is ready", lambda: replica.get("/readyz"))
        return {"bound": replica.get(f"/{DRAW}/{closed}/commitment"), "seed": replica.get(f"/{DRAW}/{closed}/seed"),
                "later bound": replica.get(f"/{DRAW}/{open_}/commitment"), "later seed": replica.get(f"/{DRAW}/{open_}/seed")}
    finally:
        replica.kill()
