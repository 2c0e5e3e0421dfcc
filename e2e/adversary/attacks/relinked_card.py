"""A card that was linked anew

What the trader wants: to give an account with a history, and its appointment, to somebody else.
What a buyer would pay: the price of a seat.
How it is tried: the seller books with an account; then another human's card is linked to the same account, and
logs in. The same with a card key that comes back with other names.
What stops it: a known key with another human behind it is a case for the desk; what was booked stays the
seller's.
"""

from market import Outcome
from people import Refused, somebody
from provider import bundid, eid


def play(market):
    tries, taken = 0, 0
    for account, key in ((bundid, "bPK2"), (eid, "sub")):
        first = account(somebody())
        seller = market.log_in(first)
        booking = seller.book(market.some_seat())
        tries += 1
        try:
            buyer = market.log_in(account(somebody(), **{"key" if key == "bPK2" else "card": first.claims[key]}))
        except Refused:
            continue
        taken += any(it["id"] == booking["id"] for it in buyer.bookings())
    return Outcome(tries, taken, 0)
