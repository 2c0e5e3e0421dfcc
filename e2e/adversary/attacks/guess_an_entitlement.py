"""Guess an entitlement

What the trader wants: the right to book what only people with an application on file may book.
What a buyer would pay: more than for a plain seat, since nothing else is free so early.
How it is tried: references are numbered. People who were born on the same day as the applicant, and there is
one for each day of the year, count up, each as many as are looked at on a day.
What stops it: it is bound to the name as well; and ten references can be tried on a day, counted for each
person before each try.
"""

from entitlements import claim, post
from market import Outcome
from people import somebody
from provider import eid

FIRST, THEIRS, TRIES, A_DAY = 1000, 1058, 60, 10


def play(market):
    applicant = somebody(born="1987-03-05")
    post(market, f"LEA-2026-00{THEIRS}", applicant)
    mules = [market.log_in(eid(somebody(born=applicant.born))) for _ in range(TRIES // A_DAY)]
    for tries, number in enumerate(range(FIRST, FIRST + TRIES)):
        if claim(mules[tries // A_DAY], f"LEA-2026-00{number}"):
            return Outcome(tries + 1, 1, 0, "another name, the same birth date")
    return Outcome(TRIES, 0, 0)
