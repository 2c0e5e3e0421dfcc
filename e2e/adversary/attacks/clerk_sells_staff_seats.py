"""A clerk sells seats of the desk

What the trader wants: the seats that only staff can give, without the buyer ever coming to the desk before.
What a buyer would pay: the whole price, shared with the clerk.
How it is tried: the clerk enters the documents of thirty buyers, whom the system knows from their log-ins, and books
for each of them.
What stops it: a booking at the desk is bound to the person's own card there, else a second clerk agrees above a
number a day. What remains costs a job, and the audit table names the clerk.
"""

from attacks.clerk_invents_people import document
from market import Outcome
from office import STRANGERS_PER_DAY
from people import somebody
from provider import eid

OPEN = "no number a day limits what a clerk books for people whom the system knows (services/slot/src/http/desk)"


def play(market):
    clerk, tries, sold = market.clerk(), 30, 0
    for _ in range(tries):
        buyer = somebody()
        market.log_in(eid(buyer))
        known = clerk.identity("POST", "/desk/persons", document(buyer))
        if not known.ok:
            continue
        attendee = known.json()["attendee_token"]
        held = clerk.call("POST", "/v1/desk/holds", market.some_seat() | {"attendee": attendee})
        if held.status_code != 201:
            continue
        body = {"hold_token": held.json()["hold_token"], "attendee": attendee, "language": "de"}
        key = {"idempotency-key": held.json()["hold_id"]}
        sold += clerk.call("POST", "/v1/desk/bookings", body, **key).status_code == 201
    return Outcome(tries, sold, STRANGERS_PER_DAY, "a day and clerk")
