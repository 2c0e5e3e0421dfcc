"""A second card

What the trader wants: two appointments for one human.
What a buyer would pay: the price of a seat.
How it is tried: a card that was lost is replaced by a new one, with another pseudonym; identity card and residence
title of one human are used side by side; after a marriage the card has another family name.
What stops it: as with a second account; the birth name stays.
"""

from dataclasses import replace

import doubles
from people import somebody
from provider import Account, eid


def play(market):
    plain, married = somebody(), somebody()
    after = eid(replace(married, family="Neumann"))
    after = Account("eid", after.claims | {"birth_name": married.family})
    return doubles.play(market, [(eid(plain), eid(plain)), (eid(married), after)])
