"""Blank a market

What the trader wants: an office at which nothing is free, so that everybody has to buy.
What a buyer would pay: any price, if it lasts.
How it is tried: four humans with two accounts each take all seats of a day at a small office, as many as they can,
and book them.
What stops it: one human has one appointment of a kind, and one hold, whichever account is used.
"""

from market import Outcome
from people import Refused, somebody
from provider import bundid, eid


def play(market):
    humans, taken = 4, 0
    seats = market.free("permit", "market")
    tries = len(seats)
    for _ in range(humans):
        human = somebody()
        for account in (eid(human), bundid(human)):
            try:
                mule = market.log_in(account)
            except Refused:
                continue
            for seat in seats[: tries // humans // 2 + 1]:
                held = mule.hold(seat)
                if held.status_code == 201 and mule.confirm(held.json()).status_code == 201:
                    taken += 1
                    seats.remove(seat)
    return Outcome(tries, taken, humans, "one for each human")
