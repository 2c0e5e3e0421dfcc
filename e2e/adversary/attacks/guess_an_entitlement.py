"""Guess an entitlement

What the trader wants: the right to book what only people with an application on file may book.
What a buyer would pay: more than for a plain seat, since nothing else is free so early.
How it is tried: references are numbered. Somebody who was born on the same day as the applicant, and there is
one for each day of the year, counts up.
What stops it: ten references can be tried on a day, counted for each person before each try.
"""

from entitlements import claim, post
from market import Outcome
from people import somebody
from provider import eid

FIRST, THEIRS = 1000, 1058


def play(market):
    applicant = somebody(born="1987-03-05")
    post(market, f"LEA-2026-00{THEIRS}", applicant)
    trader = market.log_in(eid(somebody(born=applicant.born)))
    for tries, number in enumerate(range(FIRST, FIRST + 60), 1):
        if claim(trader, f"LEA-2026-00{number}"):
            return Outcome(tries, 1, 0, "another name, the same birth date")
    return Outcome(tries, 0, 0)
