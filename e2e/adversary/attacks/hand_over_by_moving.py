"""Hand over by moving

What the trader wants: to give the seat up without giving up the booking, so that nothing counts as cancelled.
What a buyer would pay: the whole price.
How it is tried: the seller moves the appointment to another place; the buyer knows the seat that this frees.
What stops it: it returns as a cancelled one does.
"""

import hand_over


def give_up(market, seller, seat, other):
    booking = seller.book(seat)
    seller.book(other, replaces=booking["id"])


def play(market):
    return hand_over.play(market, give_up)
