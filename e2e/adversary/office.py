"""What the authority offers whom the traders attack, and the settings of every service."""

import json
import os
import secrets
import socket
import subprocess
from pathlib import Path

from joserfc.jwk import ECKey

# The edition before the attacks were known has fewer settings; there they succeed.
IS_OLDER = os.environ.get("ADVERSARY_OLDER") == "1"
CALLBACK = "http://127.0.0.1:1/callback"
# How long a seat that was given up stays away at most. Short, so that a suite can wait for it: the
# bound does not depend on it.
AFTER_HOLD_SECONDS = SHORTEST_RETURN_SECONDS = 4
STRANGERS_PER_DAY = 20
# What a clerk does on a day without a colleague: the authority's values set it. Those of the preset, and fewer where
# many would take long.
ALONE_PER_DAY = {"withCard": 5, "vouched": 20, "byPhone": 5, "liftedLimits": 3, "queueJumps": 3}
ABANDONED_HOLDS = 3
HAND_OVER_PLACES = 120
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def _rules(**rules):
    """Those of LEA's preset; the older edition knows no limits of a person but the cool-down."""
    ready = {"coolDown": {"days": 30}, "trustLevel": {"atLeast": "high"}}
    if not IS_OLDER:
        ready["coolDown"]["lateCancellationHours"] = 48
        ready["abandonedHolds"] = {"max": ABANDONED_HOLDS, "hours": 24}
        ready["cancellations"] = {"max": 3, "days": 60}
    return ready | rules


def _place(services, hours, desks=1, **more):
    return {
        "name": {"de": "Ort"},
        "address": {"street": "Weg 1", "postalCode": "10178"},
        "desks": 20,
        "services": {service: {} for service in services},
        "bookable": {"fromDays": 1, "toDays": 30},
        "opening": {
            "daily": {"hours": dict.fromkeys(WEEK, hours), "slotMinutes": 10, "desks": desks},
        },
    } | more


def catalogue(authority):
    names = ("permit", "settlement", "passport")
    release = {"minMinutes": 0, "maxMinutes": 0}
    services = {
        name: {"name": {"de": name}, "group": f"{name}s", "release": release, "rules": _rules()} for name in names
    }
    services["settlement"]["rules"] = _rules(entitlement={})
    # Nothing but the seat itself limits who hands over: the worst case.
    services["passport"]["rules"] = {"partySize": {"max": 1}}
    locations = {
        "main": _place(["permit", "settlement"], "08:00-16:00", {"public": 16, "phone": 16, "staff": 20}),
        "market": _place(["permit"], "08:00-13:00"),
    }
    for number in range(HAND_OVER_PLACES):
        locations[f"place-{number}"] = _place(["passport"], "08:00-08:10", desks=1)
        locations[f"other-{number}"] = _place(["passport"], "08:00-08:10", desks=1)
    for location in locations.values():
        if location["opening"]["daily"]["desks"] == 1:
            location["desks"] = 1
            del location["opening"]["daily"]["desks"]
    about = {"id": authority, "name": {"de": "Testamt"}, "holdMinutes": 1}
    if not IS_OLDER:
        about["alonePerDay"] = ALONE_PER_DAY
    groups = {f"{name}s": {"name": {"de": name}} for name in names}
    return {
        "catalogue": {
            "authority": about,
            "holidays": "none",
            "groups": groups,
            "services": services,
            "locations": locations,
        }
    }


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


class Settings:
    """Those of the demo, with our provider, our catalogue and replicas."""

    def __init__(self, work, provider):
        self.work, self.provider = Path(work), provider
        self.agency_key = ECKey.generate_key("P-256", {"kid": "agency", "alg": "ES256"})
        self.secrets = {"market": secrets.token_hex(24), "other": secrets.token_hex(24)}
        self.slots, self.identities = {}, []
        # What programs call an authority, whichever replica answers.
        self.addresses = {}
        self.roles = {}

    def write(self):
        self._identity()
        for authority, replicas in (("lea", 2), ("kfz", 1)):
            self._slot(authority, replicas)
        for number in (1, 2):
            it = self._read("notification")
            it["notification"]["http"]["listen"] = f"127.0.0.1:{free_port()}"
            self._write("notification", f"notification-{number}", it)

    def _read(self, name):
        return json.loads((self.work / f"{name}.yaml").read_text())

    def _write(self, role, name, settings):
        (self.work / f"{name}.yaml").write_text(json.dumps(settings))
        self.roles[name] = role

    def _identity(self):
        it = self._read("identity")
        identity = it["identity"]
        identity["authorities"] = ["lea", "kfz"]
        signing = self.work / "signing.jwks"
        rotate = [os.environ["FAIRTERMIN"], "keys", "rotate", str(signing), "--step", "publish"]
        subprocess.run(rotate, check=True, capture_output=True)
        identity["keys"]["signing"] = [{"file": str(signing)}]
        for ready in identity["providers"]:
            ready["issuer"] = f"{self.provider.base}/{ready['id']}"
        clerk = {"role": "clerk", "locations": ["*"]}
        grants = {f"{authority}-clerk": [clerk | {"authority": authority}] for authority in ("lea", "kfz")}
        identity["providers"][-1]["staff"]["grants"] = grants
        identity["clients"] = [
            {"id": name, "secret": {"value": secret}, "redirect_uris": [CALLBACK], "scopes": ["bookings", "desk"]}
            for name, secret in self.secrets.items()
        ]
        keys = {"keys": [self.agency_key.as_dict(private=False)]}
        identity["clients"].append({"id": "agency", "jwks": keys, "scopes": ["entitlements:write"]})
        self._write("identity", "identity-1", it)
        self.identities.append(identity["http"]["public_url"])
        identity["http"]["listen"] = f"127.0.0.1:{free_port()}"
        self.identities.append(f"http://{identity['http']['listen']}")
        self._write("identity", "identity-2", it)

    def _slot(self, authority, replicas):
        it = self._read(f"slot-{authority}")
        slot = it["slot"]
        self.addresses[authority] = slot["http"].get("public_url")
        slot["catalogue"] = {"text": json.dumps(catalogue(authority))}
        if not IS_OLDER:
            slot["returning"] = {"after_hold_seconds": AFTER_HOLD_SECONDS, "least_seconds": SHORTEST_RETURN_SECONDS}
        for number in range(1, replicas + 1):
            slot["http"]["listen"] = f"127.0.0.1:{free_port()}"
            self.slots.setdefault(authority, []).append(f"http://{slot['http']['listen']}")
            self._write("slot", f"slot-{authority}-{number}", it)
