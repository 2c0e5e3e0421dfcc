"""Kills every process and every engine, in turn and in pairs, while people book; then counts.

    run.py WORK [--seconds N] [--seed N] [--short]

WORK is a folder that `fairtermin demo-config` wrote. --short kills each once, and the engines in pairs.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from datetime import datetime, timezone
from itertools import combinations, cycle

from counts import counts, waiting
from installation import Installation, Replicas
from load import City, Crowd, Ledger, Person
from provider import Provider

# After a fault, everything must work again within this time.
SECONDS_TO_RECOVER = 60
# An e-mail that a killed process was about to send is sent by another one after its lease, two minutes.
SECONDS_TO_BE_QUIET = 150
ENGINES = ("postgres", "redis", "rabbitmq")


class Fault:
    """What was killed, and how long it took until everything worked again, in seconds."""

    def __init__(self, names):
        self.names, self.begun, self.times, self.stuck = names, time.monotonic(), [], None

    def mark(self):
        self.times.append(time.monotonic() - self.begun)

    @property
    def row(self):
        cells = [f"{seconds:.1f} s" for seconds in self.times] + ["-"] * (3 - len(self.times))
        return [" and ".join(self.names), *cells, self.stuck or ""]


class Chaos:
    def __init__(self, installation, probe, seats, seed):
        self.installation, self.probe, self.seats = installation, probe, cycle(seats)
        self.random, self.faults = random.Random(seed), []
        self.since = datetime.now(timezone.utc)

    def turns(self, short):
        """What is killed together. Notification comes first: what it had begun to send waits for a lease."""
        names = sorted(self.installation.all, key=lambda name: (not name.startswith("notification"), name))
        pairs = list(combinations(ENGINES if short else names, 2))
        self.random.shuffle(pairs)
        return [(name,) for name in names] + pairs

    def strike(self, names):
        """Kills them, and starts them again a moment later."""
        processes = [self.installation.all[name] for name in names]
        for process in processes:
            process.kill()
        time.sleep(self.random.uniform(0.3, 1.5))
        self.recovers(self.start(names, processes))

    def start(self, names, processes):
        """Until all is up; the time counts from here."""
        fault = Fault(names)
        for process in processes:
            process.start()
        self.installation.wait(processes)
        self.installation.wait(self.installation.services.values())
        fault.mark()
        return fault

    def recovers(self, fault):
        """Somebody books, is told so by e-mail, and gives it up again."""
        deadline = fault.begun + SECONDS_TO_RECOVER
        while not self.probe.booking and time.monotonic() < deadline:
            self.probe.book(next(self.seats))
        fault.mark()
        sent = f"SELECT 1 FROM messages WHERE booking_id = '{self.probe.booking}' AND state = 'sent'"
        while not self.installation.rows("notification", sent) and time.monotonic() < deadline:
            time.sleep(0.1)
        fault.mark()
        if time.monotonic() > deadline:
            fault.stuck = f"not within {SECONDS_TO_RECOVER} s"
        if self.probe.booking:
            self.probe.cancel()
        self.faults.append(fault)

    def lose_messages(self):
        """RabbitMQ comes back without its disks. Notification is away, so what people do meanwhile is lost with
        them, and is published again as charts/fairtermin/runbooks/lost-data.md says."""
        broker = self.installation.engines["rabbitmq"]
        notification = [self.installation.all[f"notification-{number}"] for number in (1, 2)]
        for process in notification:
            process.kill()
        time.sleep(3)
        broker.kill()
        broker.lose_disks()
        fault = self.start(("rabbitmq with its disks",), [broker, *notification])
        for name in ("slot-1", "identity-1"):
            self.republish(name)
        self.recovers(fault)

    def republish(self, name):
        settings, since = self.installation.services[name].command[-1], self.since.isoformat(timespec="seconds")
        command = [os.environ["FAIRTERMIN"], "events", "republish", "--config", settings, "--since", since]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180)
        assert done.returncode == 0, done.stdout + done.stderr

    def settle(self):
        """Until nothing is on its way any more; what is nevertheless."""
        deadline = time.monotonic() + SECONDS_TO_BE_QUIET
        while (left := waiting(self.installation)) and time.monotonic() < deadline:
            time.sleep(0.5)
        return left


def table(head, rows):
    rows = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, row))} |\n" for row in rows)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("work")
    arguments.add_argument("--seconds", type=int, default=600)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--short", action="store_true")
    options = arguments.parse_args()
    provider = Provider()
    settings = Replicas(options.work, provider)
    settings.write()
    ledger, end = Ledger(), time.monotonic() + options.seconds
    with Installation(settings, options.work) as installation:
        city = City(settings, provider)
        chaos = Chaos(installation, Person(city, ledger, "probe"), city.free("quiet"), options.seed)
        with Crowd(city, ledger, options.seed):
            chaos.lose_messages()
            for names in chaos.turns(options.short):
                if time.monotonic() > end:
                    break
                chaos.strike(names)
        left = chaos.settle()
        counted = counts(installation, ledger)
    sys.exit(report(options.seed, chaos.faults, left, counted))


def report(seed, faults, left, counted):
    """Prints what was counted; whether a promise was broken."""
    print(f"seed {seed}, {len(faults)} faults\n")
    print(table(["killed", "up again after", "books again after", "e-mail after", ""], [it.row for it in faults]))
    rows = [[it.name, it.number, "" if not it.is_mistake else "MISTAKE" if it.number else "ok"] for it in counted]
    rows += [[f"stuck: {name}", number, "MISTAKE"] for name, number in left.items()]
    print(table(["counted", "number", ""], rows), end="")
    return int(bool(left) or any(it.stuck for it in faults) or any(it.is_mistake and it.number for it in counted))


if __name__ == "__main__":
    main()
