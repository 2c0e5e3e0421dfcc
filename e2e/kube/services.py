"""The running services against a real API server: the platform, an auditor, and two replicas of slot.

Needs PostgreSQL, Redis and RabbitMQ (e2e/services.sh) and the program in FAIRTERMIN_PROGRAM.
Prints a line per step with what it proved; ends with a non-zero code at the first that fails.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

import auditor
import bookings
import platform_services as platform
import walkthrough
from releases_world import CHART, World, expect
from replica import Replica

RELEASE = "kleines-amt"


class Office:
    """A release of the smallest example, its database, and its replicas."""

    def __init__(self, world, folder):
        self.world, self.folder, self.replicas = world, pathlib.Path(folder), []
        self.program = os.environ["FAIRTERMIN_PROGRAM"]
        self.postgres = os.environ["FAIRTERMIN_TEST_POSTGRES"]
        self.databases = []
        self.changes = {"slot": {"redis": {"urls": [os.environ["FAIRTERMIN_TEST_REDIS"]]}}}
        self.started = 0

    def __enter__(self):
        self.url = self.database("slot")
        key = "only for this test, 32 bytes or more"
        self.give(RELEASE, "slot", {"database-url": self.url, "bus-url": os.environ["FAIRTERMIN_TEST_RABBITMQ"],
                                    "hold-token-key": key, "person-data-key": key})
        return self

    def __exit__(self, kind, *failure):
        for replica in self.replicas:
            replica.kill()
        if kind:
            print(self.last_words(), file=sys.stderr)
        for name in self.databases:
            self.sql(f"DROP DATABASE {name} WITH (FORCE)", self.postgres)

    def database(self, role):
        """The address of a database of this run."""
        name = f"kube_{self.world.spaces[RELEASE].rsplit('-', 1)[1]}_{role}"
        self.sql(f"CREATE DATABASE {name}", self.postgres)
        self.databases.append(name)
        return f"{self.postgres.rsplit('/', 1)[0]}/{name}"

    def give(self, release, role, data):
        """Fills the Secret of a service."""
        self.world.core.patch_namespaced_secret(
            f"{release}-fairtermin-{role}", self.world.spaces[release], {"stringData": data})

    def sql(self, statement, url=None):
        run = subprocess.run(["psql", "-qtAX", "-v", "ON_ERROR_STOP=1", url or self.url, "-c", statement],
                             capture_output=True, text=True)
        expect(run.returncode == 0, run.stderr)
        return run.stdout.strip()

    def start(self):
        """Another replica, under the name of one of the pods."""
        pods = self.world.pods(RELEASE)
        pod = pods[self.started % len(pods)].metadata.name
        self.started += 1
        replica = Replica(self.world, RELEASE, "slot", pod, self.program, self.folder / str(self.started))
        self.replicas.append(replica)
        self.world.until("it answers", lambda: replica.number("catalogue_version") is not None)
        return replica

    def check(self, *arguments):
        """`fairtermin check`: exit code and what it prints."""
        run = subprocess.run([self.program, "check", *arguments], capture_output=True, text=True)
        return run.returncode, run.stdout + run.stderr

    def last_words(self):
        """The ends of the logs."""
        logs = [replica.log.read_text().splitlines() for replica in self.replicas]
        return "\n".join(line[:400] for log in logs for line in log[-8:])


def shown(world, replica):
    """Alerts and dashboard read only numbers that the service has."""
    sources = [CHART / "templates/_alerts.tpl", CHART / "dashboards/fairtermin.json"]
    read = {name for source in sources for name in re.findall(r"(fairtermin_[a-z_]+)\{", source.read_text())}
    has = set(re.findall(r"^(fairtermin_[a-z_]+)[ {]", replica.metrics(), re.MULTILINE))
    # The notification service's own are looked for there.
    read -= {name for name in read if name.startswith(platform.NOTIFICATION_NUMBERS)}
    expect(read and read <= has, f"nobody exports {read - has}")
    world.step(f"each of the {len(read)} numbers that alerts and dashboard read is in /metrics")


def fits(world, services):
    """No service came near the memory that its container may have, though this is no release build."""
    used = {role: service.memory() for role, service in services.items()}
    for role, service in services.items():
        # Of a program without optimisation, whose code alone takes some sixty of these.
        expect(used[role] < service.limit * 3 / 4, f"{role} used {used[role]} of {service.limit} MiB")
    world.step(f"memory at most: {', '.join(f'{role} {mib} MiB' for role, mib in used.items())}, "
               f"of {services['slot'].limit} MiB that each may use")


def main():
    files = {RELEASE: CHART / "examples/small-office.yaml", "platform": CHART / "values-platform.yaml",
             auditor.RELEASE: CHART / "values-auditor.yaml"}
    with (World(os.environ["FAIRTERMIN_TEST_KUBECONFIG"], files) as world,
          tempfile.TemporaryDirectory() as folder, Office(world, folder) as office,
          platform.running(world, office) as services):
        auditor.gives_seeds(world, office)
        office.changes["platform"] = {"identityInternalUrl": services["identity"].address}
        world.install(RELEASE, office.changes)
        world.until("pods", lambda: len(world.pods(RELEASE)) == 2)
        first = office.start()
        world.until("it leads", lambda: first.number("leader_term"))
        second = office.start()
        world.until("ready", lambda: first.get("/readyz") and second.get("/readyz"))
        world.step("two replicas are ready with the settings, the Secret and the service account of their pods, and with identity's keys")
        shown(world, first)
        walkthrough.run(world, office, RELEASE)
        bookings.closed_once(world, office, RELEASE)
        fits(world, {**services, "slot": office.replicas[0]})
    print(f"services: {world.steps} steps, 0 failed")


if __name__ == "__main__":
    sys.exit(main())
