"""A stolen cookie, or none

What the trader wants: to finish somebody else's log-in, or to have somebody log in as the trader without noticing.
What a buyer would pay: the price of an account.
How it is tried: the address to which the provider sends the victim back is opened in another browser, without
cookies and with those of a log-in of the thief; and once more with the victim's own cookies after it was used.
What stops it: a log-in ends in the browser in which it began, once.
"""

import requests

from market import Outcome
from office import CALLBACK
from people import somebody
from provider import eid


def arrives(market, browser, address):
    there, _ = market.follow(browser, address, None)
    return there.startswith(CALLBACK) and "code=" in there


def play(market):
    begin = lambda: market.begin(eid(somebody()), stop="/callback/")  # noqa: E731
    _, first, _, _ = begin()
    _, second, _, _ = begin()
    thief, _, _, _ = begin()
    victim, third, _, _ = begin()
    done = [arrives(market, requests.Session(), first), arrives(market, thief, second)]
    assert arrives(market, victim, third), "an honest log-in fails"
    done.append(arrives(market, victim, third))
    return Outcome(len(done), sum(done), 0)
