"""A stolen log-in code

What the trader wants: somebody's log-in, from a code that was seen in an address (a log, a history, a referrer).
What a buyer would pay: the price of an account.
How it is tried: redeemed without the program's proof, with a wrong one, by another program, and once more
after it was used.
What stops it: PKCE, the program's own secret, and codes that count once.
"""

from market import Outcome
from people import Refused, somebody
from provider import eid


def play(market):
    def thief(code, verifier, **options):
        try:
            return bool(market.redeem(code, verifier, **options))
        except Refused:
            return False

    code = lambda: market.code(eid(somebody()))  # noqa: E731
    used = code()
    market.redeem(*used)
    (first, _), (second, _), third = code(), code(), code()
    tries = [
        thief(first, ""),
        thief(second, "a-verifier-of-at-least-forty-three-characters-"),
        thief(*third, client="other"),
        thief(*used),
    ]
    return Outcome(len(tries), sum(tries), 0)
