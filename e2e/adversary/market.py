"""The services that the traders attack, running, and the people. Use it with `with`."""

import os
import subprocess
import threading
import time
from collections import namedtuple
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import requests

from office import HAND_OVER_PLACES, Settings
from people import People
from provider import Provider

Outcome = namedtuple("Outcome", "tries successes allowed note", defaults=("",))


class Pool(threading.local):
    """Connections of one thread."""

    def __init__(self):
        self.session = requests.Session()
        self.session.trust_env = False

    def request(self, *arguments, **options):
        self.session.cookies.clear()
        return self.session.request(*arguments, **options)

    def post(self, url, **options):
        return self.request("POST", url, **options)

    def get(self, url, **options):
        return self.request("GET", url, **options)


class Market(People):
    def __init__(self, work):
        self.provider, self.work, self.http = Provider(), work, Pool()
        self.settings = Settings(work, self.provider)
        self.settings.write()
        self.slots, self.secrets = self.settings.slots, self.settings.secrets
        self.agency_key = self.settings.agency_key
        self.issuer, self.processes = self.settings.identities[0], {}
        self._places, self._lock = iter(range(HAND_OVER_PLACES)), threading.Lock()
        self._seats, self._crowd = None, []

    def __enter__(self):
        try:
            for name, role in self.settings.roles.items():
                self.start(name, role)
            deadline = time.monotonic() + 90
            addresses = [*self.settings.identities, *sum(self.slots.values(), [])]
            while not all(map(self._is_ready, addresses)):
                dead = [name for name, it in self.processes.items() if it.poll() is not None]
                assert not dead and time.monotonic() < deadline, f"not ready: {dead}"
                time.sleep(0.1)
            discovery = f"{self.issuer}/.well-known/openid-configuration"
            self.endpoints = self.http.get(discovery, timeout=5).json()
            return self
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(30)

    def start(self, name, role):
        log = open(f"{self.work}/{name}.log", "a")
        command = [os.environ["FAIRTERMIN"], "serve", role, "--config", f"{self.work}/{name}.yaml"]
        self.processes[name] = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)

    def restart(self, name, address):
        """Stops this process and starts it anew."""
        self.processes[name].terminate()
        self.processes[name].wait(30)
        self.start(name, self.settings.roles[name])
        deadline = time.monotonic() + 60
        while not self._is_ready(address):
            assert time.monotonic() < deadline, f"{name} is not ready"
            time.sleep(0.05)

    def _is_ready(self, address):
        try:
            return self.http.get(f"{address}/readyz", timeout=5).text == "ok\n"
        except requests.RequestException:
            return False

    def address(self, authority):
        """What an agency's proofs call the authority."""
        return self.settings.addresses[authority]

    def free(self, service, location, day=None, authority="lea", replica=0):
        """The seats that everybody is shown."""
        query = f"service={service}&location={location}&date={day or self.day()}"
        answer = self.http.get(f"{self.slots[authority][replica]}/v1/availability/slots?{query}", timeout=30)
        assert answer.ok, answer.text
        return [self.seat(service, it["location"], it["start"]) for it in answer.json()["slots"]]

    @staticmethod
    def day(ahead=5):
        return (datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(days=ahead)).date().isoformat()

    @staticmethod
    def seat(service, location, start):
        return {"location": location, "start": start, "services": [service]}

    def some_seat(self, service="permit"):
        """A free seat at the big office, another one each time."""
        with self._lock:
            if self._seats is None:
                self._seats = iter(sum((self.free("permit", "main", self.day(ahead)) for ahead in range(4, 8)), []))
            return next(self._seats) | {"services": [service]}

    @contextmanager
    def crowd(self, size):
        """People who look for seats. They come again, so that not everybody has to log in anew."""
        with self._lock:
            here, self._crowd = self._crowd[:size], self._crowd[size:]
        here += [self.person() for _ in range(size - len(here))]
        yield here
        with self._lock:
            self._crowd += here

    def place(self):
        """A place with one seat a day that nobody has used yet: its seat, and that of the place beside it."""
        with self._lock:
            number = next(self._places)
        (seat,), (other,) = (self.free("passport", f"{kind}-{number}") for kind in ("place", "other"))
        return seat, other

    def name_at_desk(self, booking, clerk):
        """The family name with which the desk compares the document."""
        answer = clerk.call("GET", f"/v1/desk/bookings?code={booking['code']}")
        assert answer.ok, answer.text
        (it,) = answer.json()["bookings"]
        return it["attendee"]["family_name"]
