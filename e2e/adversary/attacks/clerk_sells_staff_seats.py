"""A clerk sells seats of the desk

What the trader wants: the seats that only staff can give, without the buyer ever coming to the desk before.
What a buyer would pay: the whole price, shared with the clerk.
How it is tried: the clerk books as fast as possible for thirty buyers whom the system knows, by their documents; for
ten who send what their own log-in shows (a QR code) from home; and for ten by phone, whom nobody saw.
What stops it: a clerk has a number a day for each of these, which the supervisor sets; above it a colleague must agree,
another human. So one clerk alone sells at most withCard + vouched + byPhone a day, each to a named buyer, and the
supervisor and the open statistics show the shares. What remains costs a job, and the audit table names the clerk.
"""

from itertools import cycle

from attacks.clerk_invents_people import document
from market import Outcome
from office import ALONE_PER_DAY
from people import somebody
from provider import eid


def book(clerk, seat, attendee):
    """Whether the clerk got an appointment for whoever the attendee token names, without a colleague."""
    held = clerk.call("POST", "/v1/desk/holds", seat | {"attendee": attendee})
    if held.status_code != 201:
        return False
    body = {"hold_token": held.json()["hold_token"], "attendee": attendee, "language": "de"}
    key = {"idempotency-key": held.json()["hold_id"]}
    reason = {"reason": {"code": "no-online-access"}}
    booked = clerk.call("POST", "/v1/desk/bookings", body | reason, **key)
    if booked.status_code == 400:
        # The older edition knows no reasons.
        booked = clerk.call("POST", "/v1/desk/bookings", body, **key)
    if booked.status_code == 403:
        # Nor does the clerk's own agreement help, or that of a second log-in of the same account.
        clerk.call("POST", f"/v1/desk/cases/{booked.json()['case']}/approval", {})
        booked = clerk.call("POST", "/v1/desk/bookings", body | reason, **key)
    return booked.status_code == 201


def play(market):
    clerk, documents, cards, calls = market.clerk(), 30, 10, 10
    seats = cycle([market.some_seat() for _ in range(5)])
    vouched = by_card = by_phone = 0
    for number in range(documents + cards):
        buyer = somebody()
        log_in = market.log_in(eid(buyer))
        if number >= documents:
            by_card += book(clerk, next(seats), log_in.attendee())
            continue
        known = clerk.identity("POST", "/desk/persons", document(buyer))
        if known.ok:
            vouched += book(clerk, next(seats), known.json()["attendee_token"])
    for _ in range(calls):
        buyer = somebody()
        said = {"given_names": buyer.given, "family_name": buyer.family, "birth_date": buyer.born}
        call = clerk.identity("POST", "/desk/callers", said)
        if call.ok:
            by_phone += book(clerk, next(seats), call.json()["attendee_token"])
    allowed = sum(ALONE_PER_DAY[kind] for kind in ("withCard", "vouched", "byPhone"))
    note = f"a day and clerk: {vouched} by document, {by_card} by card, {by_phone} by phone"
    return Outcome(documents + cards + calls, vouched + by_card + by_phone, allowed, note)
