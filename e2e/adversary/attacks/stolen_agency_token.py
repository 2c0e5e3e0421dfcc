"""A stolen token of an agency

What the trader wants: to say in an agency's name that customers may book, with its token from a log, a proxy or a
careless service, and with the requests that went by.
What a buyer would pay: the price of a seat that needs an entitlement, for each of thousands.
How it is tried: the token as bearer, without a proof, with a proof that was seen, at the same replica and at the
other one, for another method and another address, with a proof by the trader's own key, and with the agency's
assertion that was seen, to get a token for that key.
What stops it: the token names the agency's key (DPoP, RFC 9449); each request needs a proof of its own, which is
remembered over all replicas, as assertions are.
"""

from joserfc.jwk import ECKey

from dpop import proof
from market import Outcome
from office import IS_OLDER
from people import Refused

PATH = "/v1/entitlements/batch"


def play(market):
    form, own_key = market.assertion(), ECKey.generate_key("P-256")
    agency = market.agency(form)
    enters = lambda **options: agency.send("POST", PATH, {"entitlements": []}, **options).status_code != 401
    done = [enters(scheme="Bearer", replica=replica) for replica in (0, 1)]
    if not IS_OLDER:
        seen = agency.proof("POST", PATH)
        assert enters(proof=seen), "the agency itself"
        stolen = [
            None,
            seen,
            agency.proof("GET", PATH),
            agency.proof("POST", "/v1/entitlements"),
            proof(own_key, "POST", market.address("lea") + PATH, agency.access),
            proof(market.agency_key, "POST", market.address("lea") + PATH),
        ]
        done += [enters(proof=it, replica=replica) for it in stolen for replica in (0, 1)]
        done.append(enters(scheme="Bearer", proof=agency.proof("POST", PATH)))
    try:
        done.append(bool(market.agency(form, own_key)))
    except Refused:
        done.append(False)
    return Outcome(len(done), sum(done), 0)
