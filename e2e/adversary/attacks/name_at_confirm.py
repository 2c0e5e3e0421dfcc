"""Another name at the confirm

What the trader wants: hold a seat as the seller, and have it booked in the name of whoever pays.
What a buyer would pay: the whole price. It is what the trade lives on.
How it is tried: the seller logs in with the card and holds. Then the same account logs in by password and
says that it is the buyer, or with a card that was linked anew, which even proves it. The confirm is
sent with either log-in's statement of the name.
What stops it: a statement says only what was proven for this human; a known account with another human
behind it is a case for the desk, not a log-in.
"""

from market import Outcome
from people import Refused, somebody
from provider import CARD, PASSWORD, bundid


def play(market):
    clerk, tries, sold = market.clerk(), 0, 0
    for means in (PASSWORD, PASSWORD, CARD, CARD):
        seller, buyer = somebody(), somebody()
        account = bundid(seller)
        first = market.log_in(account)
        held = first.hold(market.some_seat())
        assert held.status_code == 201, held.text
        tries += 1
        try:
            second = market.log_in(bundid(buyer, means, key=account.claims["bPK2"]))
        except Refused:
            continue
        confirming = first if tries % 2 else second
        booked = confirming.confirm(held.json(), second.attendee(), replica=1)
        sold += booked.status_code == 201 and market.name_at_desk(booked.json(), clerk) == buyer.family
    return Outcome(tries, sold, 0)
