"""The FHIR view, read by a FHIR library that we did not write (fhir.resources, PyPI). See test.sh."""

import datetime

import requests
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.capabilitystatement import CapabilityStatement


def read(base, kind, path, token=None):
    headers = {"Accept": "application/fhir+json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    answer = requests.get(f"{base}/fhir/{path}", headers=headers, timeout=5)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/fhir+json", answer.text
    return kind.model_validate_json(answer.text)


def found(base, path, token=None):
    bundle = read(base, Bundle, path, token)
    entries = bundle.entry or []
    assert bundle.total == len(entries) == len({entry.fullUrl for entry in entries})
    return [entry.resource for entry in entries]


def run(base, citizen):
    assert read(base, CapabilityStatement, "metadata").fhirVersion == "4.0.1"
    own = found(base, "Appointment", citizen)
    assert [it.status for it in own] == ["booked"], own
    slots = []
    for schedule in found(base, "Schedule"):
        service = schedule.serviceType[0].coding[0].code
        query = f"Slot?schedule=Schedule/{schedule.id}&service-type={service}&start=ge{datetime.date.today()}"
        slots += found(base, query)
    assert slots and all(it.status == "free" and it.start < it.end for it in slots)
    print(f"ok  fhir.resources reads {len(slots)} slots and {len(own)} appointment")
