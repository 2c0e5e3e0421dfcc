"""Hand over by letting a hold expire

What the trader wants: the same as by giving a hold up, without a trace of having done anything.
What a buyer would pay: the whole price.
How it is tried: the seller lets the hold run out, a moment that both know to the second; the buyer asks then.
What stops it: the seat of a hold that ran out returns at a random moment too.
"""

import time
from datetime import datetime, timezone

import hand_over


def give_up(market, seller, seat, other):
    held = seller.hold(seat)
    assert held.status_code == 201, held.text
    until = datetime.fromisoformat(held.json()["expires_at"]) - datetime.now(timezone.utc)
    # All come when it ends.
    time.sleep(max(0, until.total_seconds()))


def play(market):
    return hand_over.play(market, give_up, [(8, 0)] * 6, at_once=6)
