"""People who book, move and give up appointments, whatever happens meanwhile, and what they were told."""

import random
import threading
import time
import uuid
from collections import Counter

import requests

from people import LogIn, People, somebody
from provider import bundid

# A person without an answer asks again for so many seconds, at either replica.
RETRY_TIMEOUT = 45
# A token lasts ten minutes.
RENEW_AFTER = 240
PEOPLE, SEATS = 12, 8


class City(People):
    """What log-ins need, on the replicas of an installation."""

    def __init__(self, settings, provider):
        self.provider, self.secrets, self.slots = provider, settings.secrets, settings.slots
        self.identities, self.issuer = settings.identities, settings.identities[0]
        self.http = requests.Session()
        self.http.trust_env = False
        discovery = f"{self.issuer}/.well-known/openid-configuration"
        self.endpoints = self.http.get(discovery, timeout=5).json()

    def free(self, location):
        """The first free seats of a day to come."""
        day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 5 * 24 * 3600))
        query = {"service": "permit", "location": location, "date": day}
        answer = self.http.get(f"{self.slots['lea'][0]}/v1/availability/slots", params=query, timeout=30)
        answer.raise_for_status()
        slots = answer.json()["slots"]
        return [{"location": location, "start": it["start"], "services": ["permit"]} for it in slots]


class Ledger:
    """What people were told. Each number is compared with the database in the end."""

    def __init__(self):
        self._lock = threading.Lock()
        self.confirmed, self.ended, self.doubtful, self.said = set(), set(), set(), Counter()

    def note(self, name, *bookings):
        with self._lock:
            getattr(self, name).update(bookings)

    def count(self, what):
        with self._lock:
            self.said[what] += 1


class Person:
    """Somebody with one log-in, who has at most one appointment."""

    def __init__(self, city, ledger, seed):
        self.city, self.ledger, self.random = city, ledger, random.Random(seed)
        human = somebody()
        account = bundid(human, email=f"{human.family.lower()}@example.org")
        self.login = city.log_in(account)
        self.attendee, self.renewed = self.login.attendee(), time.monotonic()
        self.http = requests.Session()
        self.http.trust_env = False
        self.booking = None

    def ask(self, method, path, body=None, **headers):
        """The first answer that is one: not "try again", and not a broken connection. None if there was none."""
        deadline = time.monotonic() + RETRY_TIMEOUT
        while time.monotonic() < deadline:
            self.renew()
            headers["authorization"] = f"Bearer {self.login.access}"
            address = self.random.choice(self.city.slots["lea"])
            try:
                answer = self.http.request(method, address + path, json=body, headers=headers, timeout=15)
            except requests.RequestException:
                self.ledger.count("no answer, asked again")
                time.sleep(0.1)
                continue
            if answer.status_code == 401:
                self.renewed = 0
            elif answer.status_code not in (429, 503):
                if answer.status_code >= 500:
                    self.ledger.count("5xx other than 503")
                self.ledger.count("answered")
                return answer
            else:
                self.ledger.count("told to try again")
            time.sleep(0.2)
        return None

    def renew(self):
        """A new token, in time. While identity is away the old one goes on."""
        if time.monotonic() - self.renewed < RENEW_AFTER:
            return
        form = {"grant_type": "refresh_token", "refresh_token": self.login.refresh, "client_id": "market"}
        form |= {"client_secret": self.city.secrets["market"], "resource": "urn:fairtermin:authority:lea"}
        address = self.random.choice(self.city.identities)
        try:
            answer = self.http.post(f"{address}/token", data=form, timeout=5)
            if not answer.ok:
                return
            # Refresh tokens stay as they are.
            self.login = LogIn(self.city, {"refresh_token": self.login.refresh} | answer.json(), "lea")
            bearer = {"authorization": f"Bearer {self.login.access}"}
            stated = self.http.get(f"{address}/userinfo", headers=bearer, timeout=5)
        except requests.RequestException:
            return
        if stated.ok:
            self.attendee, self.renewed = stated.text, time.monotonic()

    def book(self, seat, replaces=None):
        """An appointment at this seat, in the place of another one if that is named; whether it is known to be."""
        held = self.ask("POST", "/v1/holds", seat | ({"replaces": replaces} if replaces else {}))
        if held is None or held.status_code != 201:
            self._refused(held)
            return False
        body = {"hold_token": held.json()["hold_token"], "attendee": self.attendee, "language": "de"}
        key = {"idempotency-key": str(uuid.UUID(int=self.random.getrandbits(128)))}
        booked = self.ask("POST", "/v1/bookings", body, **key)
        if booked is None or booked.status_code not in (200, 201):
            if booked is None and replaces:
                self.ledger.note("doubtful", replaces)
            self._refused(booked)
            return False
        self.booking = booked.json()["id"]
        self.ledger.count("confirmed")
        self.ledger.note("confirmed", self.booking)
        if replaces:
            self.ledger.note("ended", replaces)
        return True

    def cancel(self):
        key = {"idempotency-key": str(uuid.UUID(int=self.random.getrandbits(128)))}
        answer = self.ask("POST", f"/v1/bookings/{self.booking}/cancel", {}, **key)
        if answer is not None and answer.status_code == 200:
            self.ledger.note("ended", self.booking)
            self.ledger.count("cancelled")
            self.booking = None
        else:
            self.ledger.note("doubtful", self.booking)
            self.learn()

    def learn(self):
        """What the service says that this person has: for whoever lost an answer."""
        answer = self.ask("GET", "/v1/bookings")
        if answer is not None and answer.ok:
            active = [it["id"] for it in answer.json()["bookings"] if it["status"] == "confirmed"]
            self.booking = active[0] if active else None

    def _refused(self, answer):
        code = answer.json().get("code", answer.status_code) if answer is not None else "no answer at all"
        self.ledger.count(f"refused: {code}")
        if answer is None or code in ("already-booked", "booking-not-active", "booking-not-found"):
            self.learn()

    def live(self, seats, stop):
        """Books, moves and cancels until `stop` is set."""
        while not stop.wait(self.random.uniform(0.1, 0.6)):
            seat = self.random.choice(seats)
            if self.booking is None:
                self.book(seat)
            elif self.random.random() < 0.5:
                self.book(seat, replaces=self.booking)
            else:
                self.cancel()


class Crowd:
    """Everybody, each in a thread. Use it with `with`."""

    def __init__(self, city, ledger, seed):
        self.seats, self.stop = city.free("busy")[:SEATS], threading.Event()
        people = [Person(city, ledger, f"{seed}-{number}") for number in range(PEOPLE)]
        self.failed = []
        self.threads = [threading.Thread(target=self._live, args=[person]) for person in people]

    def _live(self, person):
        try:
            person.live(self.seats, self.stop)
        except Exception as error:
            self.failed.append(error)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join()
        if self.failed:
            raise self.failed[0]
