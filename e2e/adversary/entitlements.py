"""Entitlements, as the agency posts and people claim them."""

from office import IS_OLDER

SERVICE = "settlement"


def post(market, reference, human, **more):
    it = {
        "service": SERVICE,
        "reference": reference,
        "birthdate": human.born,
        "valid_until": "2099-12-31T23:59:59+01:00",
    }
    # The edition before the attacks were known takes no name.
    if not IS_OLDER:
        it["names"] = [{"given_name": human.given, "family_name": human.family}]
        it |= more
    answer = market.agency().call("POST", "/v1/entitlements/batch", {"entitlements": [it]})
    assert answer.ok, answer.text


def claim(log_in, reference):
    """Whether the reference was believed."""
    body = {"service": SERVICE, "reference": reference, "attendee": log_in.attendee()}
    answer = log_in.call("POST", "/v1/entitlements/claim", body)
    assert answer.status_code < 500, answer.text
    return answer.ok
