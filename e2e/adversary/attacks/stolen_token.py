"""A stolen or forged token

What the trader wants: to book in the own name with somebody else's log-in, or to make a token by hand.
What a buyer would pay: the price of a seat.
How it is tried: another person's access token with the own statement of the name; a token with another subject
and the old signature; one without signature; an ID token, a statement of the name and a refresh token in place of
an access token; a refresh token at another program.
What stops it: signatures, token types, and that token, hold and name must be of one person.
"""

import base64
import json

from market import Outcome
from people import LogIn, Refused
from provider import claims_of


def encoded(it):
    return base64.urlsafe_b64encode(json.dumps(it).encode()).rstrip(b"=").decode()


def play(market):
    victim, trader = market.person(), market.person()
    held = victim.hold(market.some_seat()).json()
    head, _, signature = victim.access.split(".")
    changed = encoded(claims_of(victim.access) | {"sub": trader.subject})
    none = encoded({"alg": "none", "typ": "at+jwt"})
    forged = [
        f"{head}.{changed}.{signature}",
        f"{none}.{changed}.",
        victim.id_token,
        victim.attendee(),
        victim.refresh,
    ]
    done = [victim.confirm(held, trader.attendee()).status_code == 201]
    done += [LogIn(market, {"access_token": it}, "lea").call("GET", "/v1/bookings").ok for it in forged]
    try:
        form = {"grant_type": "refresh_token", "refresh_token": victim.refresh}
        done.append(bool(market.token(form, client="other")))
    except Refused:
        done.append(False)
    return Outcome(len(done), sum(done), 0)
