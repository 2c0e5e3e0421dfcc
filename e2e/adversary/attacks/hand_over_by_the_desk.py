"""Hand over by a clerk

What the trader wants: a corrupt clerk who cancels appointments when a buyer is ready.
What a buyer would pay: the whole price, shared with the clerk.
How it is tried: the clerk cancels the seller's appointment at the desk; the buyer knows the seat.
What stops it: who gives up a seat makes no difference; the audit table names the clerk.
"""

import hand_over


def play(market):
    clerk = market.clerk()

    def give_up(market, seller, seat, other):
        booking = seller.book(seat)
        answer = clerk.call("POST", f"/v1/desk/bookings/{booking['id']}/cancel", {})
        assert answer.status_code == 200, answer.text

    return hand_over.play(market, give_up)
