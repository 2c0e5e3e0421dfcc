"""A second account

What the trader wants: two appointments for one human, one of them to sell.
What a buyer would pay: the price of a seat.
How it is tried: book with the card, then log in with a BundID account of the same human, and the other way round,
and with a second BundID account.
What stops it: identity looks for the human behind the account: same names, birth date and place, same person.
"""

import doubles
from people import somebody
from provider import bundid, eid


def play(market):
    ways = [(eid, bundid), (bundid, eid), (bundid, bundid)]
    humans = [somebody() for _ in ways]
    pairs = [(first(human), second(human)) for human, (first, second) in zip(humans, ways)]
    return doubles.play(market, pairs)
