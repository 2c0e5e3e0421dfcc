"""A clerk's calendar, read by a calendar parser that we did not write (icalendar, PyPI). See test.sh."""

import datetime
import secrets

import requests
from icalendar import Calendar


def book(base, token, attendee):
    """Books the first slot that this person may have; the booking."""
    headers = {"Authorization": f"Bearer {token}"}
    services = requests.get(f"{base}/v1/services", timeout=5).json()["services"]
    for service in services:
        slot = requests.get(f"{base}/v1/availability/earliest?service={service['id']}", timeout=5).json()["slot"]
        if not slot:
            continue
        request = {"location": slot["location"], "start": slot["start"], "services": [service["id"]]}
        hold = requests.post(f"{base}/v1/holds", json=request, headers=headers, timeout=5)
        if hold.status_code != 201:
            continue
        body = {"hold_token": hold.json()["hold_token"], "attendee": attendee, "language": "de"}
        key = {"Idempotency-Key": secrets.token_hex(16)}
        booked = requests.post(f"{base}/v1/bookings", json=body, headers=headers | key, timeout=5)
        assert booked.status_code == 201, booked.text
        return booked.json()
    raise AssertionError("nothing can be booked")


def run(base, citizen, attendee, clerk):
    booking = book(base, citizen, attendee)
    start = datetime.datetime.fromisoformat(booking["start"])
    answer = requests.get(
        f"{base}/v1/desk/calendar",
        params={"location": booking["location"], "date": str(start.date()), "days": 1},
        headers={"Authorization": f"Bearer {clerk}"},
        timeout=5,
    )
    assert answer.status_code == 200, answer.text
    calendar = Calendar.from_ical(answer.content)
    assert not calendar.errors and calendar["VERSION"] == "2.0"
    entries = {str(entry["UID"]): entry for entry in calendar.walk("VEVENT")}
    entry = entries[f"desk-{booking['id']}@fairtermin"]
    assert not entry.errors
    assert entry.decoded("DTSTART") == start
    assert entry.decoded("DTEND") == datetime.datetime.fromisoformat(booking["end"])
    assert booking["code"] in str(entry["SUMMARY"]) and "Tisch" in str(entry["SUMMARY"])
    assert entry.categories == ["confirmed"]
    assert len({*entries}) == len(calendar.walk("VEVENT")), "one UID for each"
    print(f"ok  icalendar reads a clerk's calendar: {len(entries)} entries")
