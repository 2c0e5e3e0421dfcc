"""Sell an entitlement

What the trader wants: to sell the letter of somebody who does not need it, or who is paid for it.
What a buyer would pay: more than for a seat.
How it is tried: the reference is passed on, unused, to buyers of another birth date, and to one of the same
birth date, whom a market finds easily.
What stops it: it is bound to birth date and name, and the name is the one that the log-in proved.
"""

from entitlements import claim, post
from market import Outcome
from people import somebody
from provider import eid


def play(market):
    sold, births = 0, ["1989-05-07", "1989-05-08", "1990-05-07"]
    for number, born in enumerate(births):
        reference = f"LEA-2026-00300{number}"
        post(market, reference, somebody(born=births[0]))
        buyer = market.log_in(eid(somebody(born=born)))
        sold += claim(buyer, reference)
    return Outcome(len(births), sold, 0, "the buyer of the same birth date" if sold else "")
