"""Books with a client that a public generator made from the document alone. See test.sh."""

import sys
import uuid
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from slot_client import AuthenticatedClient, Client
from slot_client.api.availability import find_earliest_slot, list_free_days, list_free_slots
from slot_client.api.bookings import cancel_booking, confirm_booking, list_bookings
from slot_client.api.catalogue import list_services
from slot_client.api.holds import hold_slot
from slot_client.models import BookingStatus, Confirmation, HoldRequest, Language, Problem

base, token, attendee = sys.argv[1:]
anybody = Client(base_url=base)
person = AuthenticatedClient(base_url=base, token=token)

services = list_services.sync(client=anybody).services
service = next(it for it in services if not it.entitlement_required and it.slots == 1)
slot = find_earliest_slot.sync(client=anybody, service=[service.id]).slot
request = HoldRequest(location=slot.location, start=slot.start, services=[service.id])
hold = hold_slot.sync(client=person, body=request)
assert hold.start == slot.start, hold

body = Confirmation(hold_token=hold.hold_token, attendee=attendee, language=Language.EN)
key = str(uuid.uuid4())
booking = confirm_booking.sync(client=person, body=body, idempotency_key=key)
again = confirm_booking.sync(client=person, body=body, idempotency_key=key)
assert (booking.id, booking.status) == (again.id, BookingStatus.CONFIRMED), (booking, again)
assert booking.id in [it.id for it in list_bookings.sync(client=person).bookings]

second = hold_slot.sync(client=person, body=request)
assert isinstance(second, Problem) and second.code in ("already-booked", "slot-taken"), second

# To move is to hold another slot that replaces the booking: both change in one step.
day = slot.start.date() + timedelta(days=1)
search = {"client": anybody, "service": [service.id]}
days = list_free_days.sync(**search, from_=day, to=day + timedelta(days=13)).days
other = list_free_slots.sync(**search, date=days[-1].date).slots[-1]
request = HoldRequest(
    location=other.location, start=other.start, services=[service.id], replaces=booking.id
)
hold = hold_slot.sync(client=person, body=request)
body = Confirmation(hold_token=hold.hold_token, attendee=attendee, language=Language.EN)
moved = confirm_booking.sync(client=person, body=body, idempotency_key=str(uuid.uuid4()))
assert (moved.status, moved.start) == (BookingStatus.CONFIRMED, other.start), moved
states = {it.id: it.status for it in list_bookings.sync(client=person).bookings}
assert states[booking.id] != BookingStatus.CONFIRMED and states[moved.id] == moved.status, states

key = str(uuid.uuid4())
cancelled = cancel_booking.sync(moved.id, client=person, idempotency_key=key)
again = cancel_booking.sync(moved.id, client=person, idempotency_key=key)
assert cancelled.status == again.status == BookingStatus.CANCELLED, (cancelled, again)
print(f"ok  a generated Python client books, moves and cancels {moved.code}")
