"""Stack seats by "served"

What the trader wants: many appointments for one human: a corrupt clerk marks each as served, which frees the human
to take the next, and the seat is sold later.
What a buyer would pay: the price of a seat, shared with the clerk.
How it is tried: check in, call and serve an appointment days before it begins, or mark it as missed; then take
another one.
What stops it: the desk acts on the day of the appointment only.
"""

from market import Outcome


def play(market):
    clerk, tries, stacked = market.clerk(), 0, 0
    for actions in (("check-in", "call", "serve"), ("miss",)):
        trader = market.person()
        booking = trader.book(market.some_seat())
        for action in actions:
            clerk.call("POST", f"/v1/bookings/{booking['id']}/{action}", {})
        tries += 1
        stacked += trader.hold(market.some_seat()).status_code == 201
    return Outcome(tries, stacked, 0)
