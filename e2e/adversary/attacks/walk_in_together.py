"""Walk in together

What the trader wants: to sell a seat that is booked in the seller's name: the seller comes along to the office, is
called, and brings the buyer, whose matter is dealt with.
What a buyer would pay: the whole price, less the seller's day.
How it is tried: it is not: it happens at a desk, between people.
What stops it: nothing here. The desk shows the name with which the clerk compares the document of whoever is served;
it can be stated, not measured.
"""

from market import Outcome

PREVENTED = False


def play(market):
    return Outcome(0, 0, "", "stated; happens between people at the desk")
