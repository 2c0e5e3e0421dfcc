"""Another name at a move

What the trader wants: the same as at the confirm, with an appointment that is booked already.
What a buyer would pay: the whole price.
How it is tried: the seller books properly. Then the seller's account logs in by password, says that it is the
buyer, and moves the appointment to another time with that statement of the name.
What stops it: a move copies the sealed name of the appointment; a statement says only what was proven; a
password is not enough for what was booked with the card.
"""

from market import Outcome
from people import Refused, somebody
from provider import CARD, PASSWORD, bundid


def play(market):
    clerk, tries, sold = market.clerk(), 0, 0
    for means in (PASSWORD, PASSWORD, CARD):
        seller, buyer = somebody(), somebody()
        account = bundid(seller)
        first = market.log_in(account)
        booking = first.book(market.some_seat())
        tries += 1
        try:
            second = market.log_in(bundid(buyer, means, key=account.claims["bPK2"]))
        except Refused:
            continue
        held = first.hold(market.some_seat(), replaces=booking["id"])
        assert held.status_code == 201, held.text
        booked = first.confirm(held.json(), second.attendee(), replica=1)
        sold += booked.status_code == 201 and market.name_at_desk(booked.json(), clerk) == buyer.family
    return Outcome(tries, sold, 0)
