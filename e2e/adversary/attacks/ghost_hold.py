"""A hold that was given up is confirmed

What the trader wants: hold many seats one after the other, give each up so that it does not count, and
confirm the one for which a buyer turns up.
What a buyer would pay: less than for a sure seat; but the trader could offer every seat at once.
How it is tried: hold, give up, then confirm with the signed token of the hold, at either replica, at once
and while the seat is on its way back.
What stops it: the confirm asks whether the hold is still in force; a signature alone is not enough.
"""

from market import Outcome


def play(market):
    tries, ghosts = 10, 0
    for number in range(tries):
        trader = market.person()
        held = trader.hold(market.some_seat()).json()
        assert trader.release(held).status_code == 204
        booked = trader.confirm(held, replica=number % 2)
        ghosts += booked.status_code == 201
    return Outcome(tries, ghosts, 0)
