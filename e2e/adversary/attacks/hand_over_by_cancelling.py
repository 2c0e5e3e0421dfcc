"""Hand over by cancelling

What the trader wants: to book for weeks ahead and sell each appointment when somebody pays for it.
What a buyer would pay: the whole price, and more the scarcer the seats.
How it is tried: the seller books and cancels; the buyer knows the seat and asks for it.
What stops it: a cancelled seat returns at a random moment within the window of its service.
"""

import hand_over


def give_up(market, seller, seat, other):
    assert seller.cancel(seller.book(seat)).status_code == 200


def play(market):
    return hand_over.play(market, give_up)
