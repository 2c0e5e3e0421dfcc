"""A clerk invents people

What the trader wants: a corrupt clerk who makes persons who do not exist, to hold seats that are sold later.
What a buyer would pay: the whole price; one clerk could serve the whole market.
How it is tried: thirty documents that nobody has, entered by one clerk as fast as possible.
What stops it: above a number a day (20) a second clerk must agree to each person whom nobody knew. What
remains costs a job.
"""

from market import Outcome
from office import STRANGERS_PER_DAY
from people import somebody


def document(human, **more):
    it = {"given_names": human.given, "family_name": human.family, "birth_date": human.born}
    return it | {"place_of_birth": human.place} | more


def play(market):
    clerk, tries = market.clerk(), 30
    made = sum(clerk.identity("POST", "/desk/persons", document(somebody())).ok for _ in range(tries))
    return Outcome(tries, made, STRANGERS_PER_DAY, "a day and clerk")
