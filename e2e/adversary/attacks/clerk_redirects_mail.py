"""A clerk redirects mail

What the trader wants: the confirmations and reminders of somebody's appointment, to sell it or to cancel unnoticed.
What a buyer would pay: the price of a seat.
How it is tried: the clerk enters the victim's document with the trader's address, and guesses the code that proves it.
What stops it: an address that a clerk types is proven by a code like any other; five tries.
"""

from attacks.clerk_invents_people import document
from market import Outcome
from people import somebody
from provider import bundid


def play(market):
    human = somebody()
    victim = market.log_in(bundid(human, email="victim@example.org"))
    victim.book(market.some_seat())

    def is_redirected():
        return victim.identity("GET", "/contact").json().get("email") != "victim@example.org"

    clerk = market.clerk()
    answer = clerk.identity("POST", "/desk/persons", document(human, email="trader@example.org"))
    assert answer.ok, answer.text
    done = [is_redirected()]
    for code in range(6):
        guess = {"pseudonym": answer.json()["pseudonym"], "code": f"{code:06}"}
        clerk.identity("POST", "/desk/persons/email-proof", guess)
    done.append(is_redirected())
    return Outcome(len(done), sum(done), 0)
