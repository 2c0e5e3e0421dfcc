"""Open cases on purpose

What the trader wants: many appointments for one human. A case bars nobody, so whoever opens one may book: as often
as they open one?
What a buyer would pay: the price of a seat, less what it costs to be found out at the desk.
How it is tried: one human books, then logs in with five more accounts and cards whose documents spell the name in other ways.
Each opens a case, and each tries to book in two groups of services, at two authorities.
What stops it: all who may be one human are in one doubt, which is worth one booking at an authority, whichever group it is of
and however many accounts there are. It is marked, and two members of staff decide at the visit.
"""

from market import Outcome
from people import Refused
from provider import Human, bundid, eid

SPELLINGS = ["Iwan Petrow", "Ivan Petrov", "Ivan Petroff", "Iwan Petroff", "Ivan Petrow", "Iwan Petrov"]
BIRTHDAYS = ["1983-02-11", "1983-02-12"]


def play(market):
    tries, gained = 0, 0
    for born in BIRTHDAYS:
        humans = [Human(*spelling.split(), born, "Minsk") for spelling in SPELLINGS]
        first, *others = [(eid, bundid)[number % 2](human) for number, human in enumerate(humans)]
        market.log_in(first).book(market.some_seat())
        for account in others:
            try:
                other = market.log_in(account)
            except Refused:
                continue
            there = other.elsewhere("kfz")
            for who, seat in (
                (other, market.some_seat()),
                (other, market.place()[0]),
                (there, market.free("permit", "main", authority="kfz")[0]),
            ):
                tries += 1
                held = who.hold(seat)
                gained += held.status_code == 201 and who.confirm(held.json()).status_code == 201
    authorities = 2
    return Outcome(tries, gained, len(BIRTHDAYS) * authorities, "one marked at each authority, decided at the visit")
