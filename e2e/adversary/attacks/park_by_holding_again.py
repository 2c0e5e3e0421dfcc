"""Park seats by holding again and again

What the trader wants: keep seats out of the market without booking them, until a buyer is found.
What a buyer would pay: little for one; the trader's gain is the choice.
How it is tried: three mules hold and give up, hold and give up, ten times each.
What stops it: a person who gave up holds waits (three are free in a day at LEA), so that M mules
hold at most M times one more than that.
"""

from market import Outcome
from office import ABANDONED_HOLDS


def play(market):
    mules, rounds, held = 3, 10, 0
    for _ in range(mules):
        mule = market.person()
        for number in range(rounds):
            answer = mule.hold(market.some_seat(), replica=number % 2)
            if answer.status_code == 201:
                held += 1
                mule.release(answer.json())
    return Outcome(mules * rounds, held, mules * (ABANDONED_HOLDS + 1), "mules x (free abandoned holds + 1)")
