"""Track a person across authorities

What the trader wants: a list of who has business at which office: of those who wait for a permit, say, and
register a car.
What a buyer would pay: advertisers and blackmailers pay by the address.
How it is tried: two corrupt offices compare everything that identity tells them of one log-in, and of two.
What stops it: each authority knows a person by another pseudonym, and nothing else in a token is the same.
"""

from market import Outcome
from people import somebody
from provider import bundid, claims_of

# What is the same for everybody, and when the token itself was made and ends. The second of the log-in is
# neither.
COMMON = {"iss", "client_id", "scope", "acr", "iat", "nbf", "exp", "roles", "locations"}
# The desk compares them with the document: offices that share names know their people anyway.
NAMES = {"given_name", "family_name", "birthdate"}


def same(one, other):
    one, other = claims_of(one), claims_of(other)
    return [name for name in one if name not in COMMON | NAMES and one[name] == other.get(name)]


def play(market):
    account = bundid(somebody())
    here = market.log_in(account)
    there, later = here.elsewhere("kfz"), market.log_in(account, "kfz")
    statements = [it.attendee() for it in (here, there, later)]
    pairs = [(here.access, there.access), (here.access, later.access)]
    pairs += [(statements[0], statements[1]), (statements[0], statements[2])]
    linked = [same(*pair) for pair in pairs]
    return Outcome(len(pairs), sum(map(bool, linked)), 0, ", ".join(sorted(set(sum(linked, [])))))
