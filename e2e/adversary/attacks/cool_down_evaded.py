"""Evade the cool-down

What the trader wants: keep appointments until the last moment for a buyer, and pay nothing for those that are not sold.
What a buyer would pay: the price of a seat tomorrow, the dearest.
How it is tried: book for tomorrow and cancel late instead of missing it, again and again.
What stops it: cancelling late twice counts as missing once; then one waits for weeks. What nobody marks as missed is
closed as missed by a job after the day, which this suite has no time to wait for.
"""

from market import Outcome

FREE = 2


def play(market):
    trader, tries, booked = market.person(), 4, 0
    for seat in market.free("permit", "market", market.day(1))[-tries:]:
        held = trader.hold(seat)
        if held.status_code == 201:
            booking = trader.confirm(held.json())
            assert booking.status_code == 201 and trader.cancel(booking.json()).ok
            booked += 1
    return Outcome(tries, booked, FREE, "late cancellations before the wait")
