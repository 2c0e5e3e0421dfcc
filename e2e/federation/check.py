"""Two authorities, one portal, one identity service: what each can and cannot do. See test.sh."""

import base64
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from datetime import datetime
from pathlib import Path

import requests

sys.path.insert(0, str(Path(__file__).parents[1] / "agency"))

from logins import ERIKA, OEZGUER, Identity

config, kfz_process = json.loads(sys.argv[1]), int(sys.argv[2])
SLOT = {"buergeramt": config["buergeramt"], "kfz": config["kfz"]}
UNREACHABLE = "No appointments can be shown here at the moment."


def get(url, **options):
    return requests.get(url, timeout=10, **options)


def post(url, token, body, **headers):
    headers = {"Authorization": f"Bearer {token}", **headers}
    return requests.post(url, json=body, headers=headers, timeout=10)


def eventually(what, check, seconds=30):
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, what
        time.sleep(0.2)


def subject(token):
    claims = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["sub"]


def free_service(authority):
    services = get(f"{SLOT[authority]}/v1/services").json()["services"]
    return next(it["id"] for it in services if not it["entitlement_required"])


def earliest(authority):
    query = f"service={free_service(authority)}"
    return get(f"{SLOT[authority]}/v1/availability/earliest?{query}").json()["slot"]


def hold(authority, token):
    slot = earliest(authority)
    request = {"location": slot["location"], "start": slot["start"], "services": [free_service(authority)]}
    return post(f"{SLOT[authority]}/v1/holds", token, request)


def confirm(authority, token, held, attendee):
    body = {"hold_token": held["hold_token"], "attendee": attendee, "language": "de"}
    key = {"Idempotency-Key": str(uuid.uuid4())}
    return post(f"{SLOT[authority]}/v1/bookings", token, body, **key)


def persons(authority):
    """Everything by which this authority's database names a person."""
    query = "SELECT person FROM bookings"
    command = ["psql", "-At", f"{config['postgres']}/fairtermin_{authority}", "-c", query]
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())


def start_page(query=""):
    return get(f"{config['portal']}en{query}").text


def section(authority, query=""):
    """What the portal's first page says about one authority."""
    parts = start_page(query).split(f'id="authority-{authority}"')
    return parts[1].split("</section>")[0] if len(parts) == 2 else UNREACHABLE


def is_shown(authority):
    return UNREACHABLE not in section(authority)


identity = Identity(config["identity"].rstrip("/"), "tour", config["secret"], "http://127.0.0.1/tour/callback")
for slot in SLOT.values():
    eventually(f"{slot} is not ready", lambda: get(f"{slot}/readyz").text == "ok\n")
eventually("the portal does not show both", lambda: all(map(is_shown, SLOT)))

# One portal finds the earliest appointment across both.
for it, wanted in {"buergeramt": "identity card", "kfz": "number plates"}.items():
    found = start_page(f"?q={wanted}").split('<ol class="services found">')[1].split("</li>")[0]
    assert f"/en/{it}/services/" in found and "Next free" in found, found
first = min(SLOT, key=lambda it: datetime.fromisoformat(earliest(it)["start"]))
print(f"ok  the portal shows the next appointment of both; the earliest is at {first}")

# A person is somebody else at each, and what is meant for one is refused by the other.
tokens = {it: identity.log_in(ERIKA, it) for it in SLOT}
attendees = {it: identity.attendee(token) for it, token in tokens.items()}
assert subject(tokens["kfz"]) != subject(tokens["buergeramt"])
refused = get(f"{SLOT['kfz']}/v1/bookings", headers={"Authorization": f"Bearer {tokens['buergeramt']}"})
assert (refused.status_code, refused.json()["code"]) == (401, "wrong-audience"), refused.text
held = {it: hold(it, tokens[it]) for it in SLOT}
assert all(it.status_code == 201 for it in held.values()), [it.text for it in held.values()]
held = {it: answer.json() for it, answer in held.items()}
stolen = confirm("kfz", tokens["kfz"], held["buergeramt"], attendees["kfz"])
assert (stolen.status_code, stolen.json()["code"]) == (422, "hold-invalid"), stolen.text
foreign = confirm("kfz", tokens["kfz"], held["kfz"], attendees["buergeramt"])
assert (foreign.status_code, foreign.json()["code"]) == (422, "attendee-invalid"), foreign.text
for it in SLOT:
    booked = confirm(it, tokens[it], held[it], attendees[it])
    assert booked.status_code == 201, booked.text
known = {it: persons(it) for it in SLOT}
assert all(known.values()) and known["kfz"].isdisjoint(known["buergeramt"]), known
print("ok  tokens, holds and names of one are refused by the other; their databases share no pseudonym")

# One that hangs leaves the other usable, and the portal says so.
os.kill(kfz_process, signal.SIGSTOP)
try:
    begun = time.monotonic()
    page = start_page()
    waited = time.monotonic() - begun
    assert waited < 3 and 'id="authority-buergeramt"' in page, (waited, page)
    eventually("the portal does not say that one is away", lambda: not is_shown("kfz"))
    assert is_shown("buergeramt")
    other = identity.log_in(OEZGUER, "buergeramt")
    held = hold("buergeramt", other)
    assert held.status_code == 201, held.text
    booked = confirm("buergeramt", other, held.json(), identity.attendee(other))
    assert booked.status_code == 201, booked.text
finally:
    os.kill(kfz_process, signal.SIGCONT)
eventually("the portal does not see that it is back", lambda: is_shown("kfz"))
print(f"ok  one hangs: the portal answers in {waited:.2f} s and says so, the other books; it comes back")

# One that is gone: the same.
os.kill(kfz_process, signal.SIGKILL)
eventually("the portal does not say that one is gone", lambda: not is_shown("kfz"))
bookings = get(f"{SLOT['buergeramt']}/v1/bookings", headers={"Authorization": f"Bearer {other}"})
assert len(bookings.json()["bookings"]) == 1, bookings.text
print("ok  one is gone: the other works on")
