"""The FHIR view, through a FHIR client (fhirpy, PyPI) and read by a FHIR library (fhir.resources, PyPI), neither of
which we wrote. Whatever was answered is kept in a folder for a validator: see e2e/fhir. See test.sh."""

import datetime
import json

import requests
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.operationoutcome import OperationOutcome
from fhirpy import SyncFHIRClient


class Kept:
    """Keeps what was answered."""

    def __init__(self, base, folder):
        self.base, self.folder, self.number = f"{base}/fhir", folder, 0

    def __call__(self, answer, *_, **__):
        """A hook of requests: each answer is FHIR's, and read by the library."""
        assert answer.headers["Content-Type"].startswith("application/fhir+json"), answer.headers
        kind = {
            "Bundle": Bundle,
            "CapabilityStatement": CapabilityStatement,
            "OperationOutcome": OperationOutcome,
        }.get(answer.json()["resourceType"])
        if kind:
            kind.model_validate_json(answer.text)
        self.number += 1
        if self.folder:
            (self.folder / f"{self.number:03}.json").write_text(answer.text)

    def client(self, token=None):
        authorization = f"Bearer {token}" if token else None
        return SyncFHIRClient(self.base, authorization=authorization, requests_config={"timeout": 5, "hooks": {"response": self}})


def parameters(**values):
    listed = [{"name": name.replace("_", "-"), **value} for name, value in values.items()]
    return {"resourceType": "Parameters", "parameter": listed}


def run(base, citizen, folder=None):
    kept = Kept(base, folder)
    client = kept.client()
    assert client.execute("metadata", method="get").fhirVersion == "4.0.1"
    own = kept.client(citizen).resources("Appointment").fetch_all()
    assert [it.status for it in own] == ["booked"], own
    assert kept.client(citizen).get("Appointment", own[0].id).identifier == own[0].identifier
    slots, today = [], datetime.date.today()
    for schedule in client.resources("Schedule").fetch_all():
        assert client.get("Schedule", schedule.id).actor == schedule.actor
        service = schedule.serviceType[0].coding[0].code
        # A search without an end is answered with a warning beside the slots.
        end = today + datetime.timedelta(days=7)
        search = client.resources("Slot").search(
            schedule=f"Schedule/{schedule.id}", service_type=service, start__ge=f"{today}", start__lt=f"{end}"
        )
        whole, paged = search.limit(1000).fetch_all(), search.limit(50).fetch_all()
        assert [it.id for it in whole] == [it.id for it in paged], "pages"
        slots += whole
    assert slots and all(it.status == "free" and it.start < it.end for it in slots)
    assert client.get("Slot", slots[0].id).start == slots[0].start
    refusals(kept)
    print(f"ok  fhirpy and fhir.resources read {len(slots)} slots and {len(own)} appointment")


def refusals(kept):
    """Every error is an OperationOutcome, which the hook has read."""
    for method, path, status in [
        ("GET", "Slot?schedule=nowhere&service-type=nothing", 422),
        ("GET", "Slot?schedule=a&service-type=b&start=2027-01-05T09:00:00", 400),
        ("GET", "Slot?colour=red", 400),
        ("GET", "Slot?_format=xml", 406),
        ("GET", "Schedule/nowhere", 404),
        ("GET", "Patient", 404),
        ("GET", "Appointment", 401),
        ("DELETE", "Slot", 405),
        ("POST", "Appointment/$find", 415),
    ]:
        answer = requests.request(method, f"{kept.base}/{path}", hooks={"response": kept}, timeout=5)
        assert answer.status_code == status and answer.json()["resourceType"] == "OperationOutcome", answer.text


def book(base, citizen, attendee, authority, folder=None):
    """Find, hold, book and cancel, as IHE's profile ITI Scheduling says."""
    kept = Kept(base, folder)
    if folder:
        kept.number = 500
    client = kept.client(citizen)
    operate = lambda name, **values: client.execute(f"Appointment/${name}", data=parameters(**values))
    day = datetime.date.today() + datetime.timedelta(days=3)
    services = {it.coding[0].code for schedule in client.resources("Schedule").fetch_all() for it in schedule.serviceType}
    held = None
    for service in sorted(services):
        found = operate(
            "find",
            start={"valueDateTime": f"{day}"},
            end={"valueDateTime": f"{day + datetime.timedelta(days=14)}"},
            visit_type={"valueString": service},
        )
        if not found.get("entry"):
            continue
        proposed = found.entry[0].resource
        assert proposed.status == "proposed" and found.total >= len(found.entry), found
        answer = requests.post(
            f"{kept.base}/Appointment/$hold",
            json=parameters(appointment_reference={"valueReference": {"reference": f"Appointment/{proposed.id}"}}),
            headers={"Authorization": f"Bearer {citizen}"},
            hooks={"response": kept},
            timeout=5,
        )
        # Some services need an application on file, or are drawn.
        if answer.ok:
            held = answer.json()["entry"][0]["resource"]
            break
    assert held and held["status"] == "pending" and held["start"] == proposed.start, held
    system = f"urn:fairtermin:authority:{authority}:attendee"
    patient = {
        "resourceType": "Patient",
        "identifier": [{"system": system, "value": attendee}],
        "communication": [{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "en"}]}}],
    }
    reference = {"valueReference": {"reference": f"Appointment/{held['id']}"}}
    booked = operate("book", appointment_reference=reference, patient_resource={"resource": patient})
    booked = booked.entry[0].resource
    assert booked.status == "booked" and booked.start == proposed.start, booked
    given_up = json.loads(json.dumps(booked)) | {"status": "cancelled"}
    cancelled = operate("book", appointment_resource={"resource": given_up})
    assert cancelled.entry[0].resource.status == "cancelled", cancelled
    print("ok  fhirpy finds, holds, books and cancels after IHE's profile")
