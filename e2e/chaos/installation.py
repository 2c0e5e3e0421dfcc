"""Services, two replicas of each that can have two, and engines: started, killed and started again.

Only processes that this program or e2e/services.sh started are killed, each by its number.
"""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import requests

from office import Settings, free_port

SECONDS_TO_START = 60
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def catalogue():
    """A busy place with few seats, so that people meet, and one where a probe always finds a seat."""

    def place(desks):
        opening = {"daily": {"hours": dict.fromkeys(WEEK, "08:00-16:00"), "slotMinutes": 10}}
        return {
            "name": {"de": "Ort"},
            "address": {"street": "Weg 1", "postalCode": "10178"},
            "desks": desks,
            "services": {"permit": {}},
            "bookable": {"fromDays": 1, "toDays": 30},
            "opening": opening,
        }

    service = {"name": {"de": "permit"}, "group": "permits", "release": {"minMinutes": 0, "maxMinutes": 0}, "rules": {}}
    return {
        "catalogue": {
            "authority": {"id": "lea", "name": {"de": "Testamt"}, "holdMinutes": 1},
            "holidays": "none",
            "groups": {"permits": {"name": {"de": "permits"}}},
            "services": {"permit": service},
            "locations": {"busy": place(3), "quiet": place(2)},
        }
    }


class Replicas(Settings):
    """The settings of every service, on the engines of this run."""

    def write(self):
        self._identity()
        self._slots()
        self.addresses |= dict(zip(("identity-1", "identity-2"), self.identities))
        for number in (1, 2):
            self._listen("notification", f"notification-{number}")
        portal = self._read("portal")
        portal["portal"]["authorities"] = [{"id": "lea", "base_url": self.slots["lea"][0]}]
        self._write("portal", "portal", portal)
        self.addresses["portal"] = portal["portal"]["http"]["public_url"]

    def _slots(self):
        it = self._read("slot-lea")
        it["slot"]["catalogue"] = {"text": json.dumps(catalogue())}
        it["slot"]["returning"] = {"after_hold_seconds": 2, "least_seconds": 2}
        it["slot"]["limits"] = {"agency_per_minute": None, "person_per_minute": None}
        (self.work / "slot-lea.yaml").write_text(json.dumps(it))
        self.slots["lea"] = [self._listen("slot", f"slot-{number}", "slot-lea") for number in (1, 2)]

    def _listen(self, role, name, file=None):
        """A replica on a port of its own; its address."""
        it = self._read(file or role)
        it[role]["http"]["listen"] = f"127.0.0.1:{free_port()}"
        self._write(role, name, it)
        self.addresses[name] = f"http://{it[role]['http']['listen']}"
        return self.addresses[name]


class Process:
    """Something that runs, and can be killed and started again."""

    def __init__(self, name, command, log):
        self.name, self.command, self.log, self.process = name, command, log, None
        # How often it ended by itself while it was up.
        self.was_up, self.ended = False, 0

    def start(self):
        self.was_up = False
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def number(self):
        return self.process.pid

    def kill(self):
        number, deadline = self.number(), time.monotonic() + SECONDS_TO_START
        os.kill(number, signal.SIGKILL)
        if self.process:
            self.process.wait(SECONDS_TO_START)
        while Path(f"/proc/{number}").exists():
            assert time.monotonic() < deadline, f"{self.name} does not die"
            time.sleep(0.01)

    def is_up(self):
        raise NotImplementedError

    def wait(self, deadline):
        """Until it is up. What could not start, for example because a killed one still holds its memory, is
        started again."""
        while not self.is_up():
            assert time.monotonic() < deadline, f"{self.name} does not start, see {self.log}"
            if self.process.poll() is not None:
                self.ended += self.was_up
                self.start()
            time.sleep(0.05)
        self.was_up = True


class Service(Process):
    def __init__(self, name, role, work, address):
        command = [os.environ["FAIRTERMIN"], "serve", role, "--config", f"{work}/{name}.yaml"]
        super().__init__(name, command, f"{work}/{name}.log")
        self.address = address

    def is_up(self):
        try:
            return requests.get(f"{self.address}/readyz", timeout=5).ok
        except requests.RequestException:
            return False


class Engine(Process):
    """One that e2e/services.sh started the first time."""

    def __init__(self, name, is_up):
        self.folder = Path(os.environ["FAIRTERMIN_TEST_DIR"])
        super().__init__(name, [self.folder / f"{name}.start"], self.folder / f"{name}.log")
        self.is_up = is_up

    def start(self):
        super().start()
        # So that e2e/services.sh stops it, whatever becomes of this program.
        with open(self.folder / "pids", "a") as pids:
            print(self.process.pid, file=pids)

    def number(self):
        return self.process.pid if self.process else int((self.folder / f"{self.name}.pid").read_text())


class Broker(Engine):
    """RabbitMQ: the process that matters is Erlang's."""

    def number(self):
        return int((self.folder / "rabbitmq/pid").read_text())

    def lose_disks(self):
        shutil.rmtree(self.folder / "rabbitmq/mnesia")


def answers(*command):
    """Whether this command succeeds, and soon."""
    return lambda: subprocess.run(["timeout", "5", *command], capture_output=True).returncode == 0


class Installation:
    """Everything that can be killed, by name. Use it with `with`."""

    def __init__(self, settings, work):
        postgres, redis = (os.environ[f"FAIRTERMIN_TEST_{name}"] for name in ("POSTGRES", "REDIS"))
        self.postgres = postgres.rsplit("/", 1)[0]
        broker = urlsplit(os.environ["FAIRTERMIN_TEST_RABBITMQ"])
        port = f"/dev/tcp/{broker.hostname}/{broker.port}"
        self.services = {
            name: Service(name, role, work, settings.addresses[name]) for name, role in settings.roles.items()
        }
        self.engines = {
            "postgres": Engine("postgres", answers("psql", "-qc", "SELECT 1", postgres)),
            "redis": Engine("redis", answers("bash", "-c", f"redis-cli -u {redis} ping | grep -q PONG")),
            "rabbitmq": Broker("rabbitmq", answers("bash", "-c", f"exec 3<>{port}")),
        }
        self.all = self.services | self.engines

    def __enter__(self):
        try:
            for service in self.services.values():
                service.start()
            self.wait(self.services.values())
            return self
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        running = [it.process for it in self.services.values() if it.process]
        for process in running:
            process.terminate()
        for process in running:
            process.wait(30)

    def wait(self, processes):
        deadline = time.monotonic() + SECONDS_TO_START
        for process in processes:
            process.wait(deadline)

    def rows(self, database, sql):
        """What a database of a service answers, a list of lists of texts."""
        command = ["psql", "-qAtXF", "|", "-v", "ON_ERROR_STOP=1", "-c", sql, f"{self.postgres}/fairtermin_{database}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
        return [line.split("|") for line in done.stdout.splitlines()]
