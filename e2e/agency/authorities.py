"""The signed list of authorities, verified with joserfc against the issuer's keys. See test.sh."""

import requests
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

TYPE = "fairtermin-authorities+jwt"


def read(issuer):
    """The authorities that `issuer` states, if it is the one who states them."""
    keys = KeySet.import_key_set(requests.get(f"{issuer}/jwks", timeout=5).json())
    list_url = f"{issuer}/.well-known/fairtermin-authorities"
    return verified(requests.get(list_url, timeout=5).text, keys, issuer)


def verified(text, keys, issuer):
    token = jwt.decode(text, keys, algorithms=["ES256"])
    assert token.header["typ"] == TYPE, token.header
    claims = {"iss": {"essential": True, "value": issuer}, "exp": {"essential": True}}
    jwt.JWTClaimsRegistry(**claims).validate(token.claims)
    return token.claims["authorities"]


def run(world):
    issuer = world.identity.endpoints["issuer"]
    listed = read(issuer)
    places = {it["id"]: it["url"].rstrip("/") for it in listed}
    assert places == {name: world.at[name] for name in ("lea", "buergeramt", "kfz")}, listed
    for it in listed:
        # What the authority says of itself is what the list says of it.
        own = requests.get(f"{it['url']}.well-known/fairtermin", timeout=5).json()
        stated = (own["authority"], own["resource"], own["issuer"])
        assert stated == (it["id"], it["resource"], issuer), own
    keys = KeySet.import_key_set(requests.get(f"{issuer}/jwks", timeout=5).json())
    text = requests.get(f"{issuer}/.well-known/fairtermin-authorities", timeout=5).text
    head, body, signature = text.split(".")
    for forged in (f"{head}.{body}.{signature[::-1]}", f"{head}.{body[:-8]}AAAAAAAA.{signature}"):
        try:
            verified(forged, keys, issuer)
        except JoseError:
            continue
        raise AssertionError("a forged list is believed")
    print(f"ok  joserfc verifies the list of {len(listed)} authorities, and it leads to each")
