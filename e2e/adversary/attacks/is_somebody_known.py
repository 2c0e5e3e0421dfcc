"""Learn whether somebody uses the service

What the trader wants: to know who waits for an appointment, to offer one; or whether a neighbour is registered.
What a buyer would pay: little by itself; it makes every offer better.
How it is tried: a password account states the data of somebody who logged in with the card, another one those of
nobody. Is there any difference?
What stops it: who only says a name is compared with nobody.
"""

from market import Outcome
from people import Refused, somebody
from provider import PASSWORD, bundid, eid


def play(market):
    told, tries = 0, 3
    for _ in range(tries):
        known, unknown = somebody(), somebody()
        market.log_in(eid(known))
        answers = []
        for human in (known, unknown):
            try:
                market.log_in(bundid(human, PASSWORD))
                answers.append("logged in")
            except Refused:
                answers.append("a page")
        told += answers[0] != answers[1]
    return Outcome(tries, told, 0)
