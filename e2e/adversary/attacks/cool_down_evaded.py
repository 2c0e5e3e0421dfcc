"""Evade the cool-down

What the trader wants: keep appointments until the last moment for a buyer, and pay nothing for those that are not sold.
What a buyer would pay: the price of a seat tomorrow, the dearest.
How it is tried: cancel shortly before the start instead of missing it, and take another one.
What stops it: a late cancellation counts as missed; and who cancels often waits. What nobody marks as missed is
closed as missed by a job after the day, which this suite has no time to wait for.
"""

from market import Outcome


def play(market):
    tries, evaded = 2, 0
    seats = market.free("permit", "market", market.day(1))[-tries:]
    for seat in seats:
        trader = market.person()
        assert trader.cancel(trader.book(seat)).ok
        evaded += trader.hold(market.some_seat()).status_code == 201
    return Outcome(tries, evaded, 0)
