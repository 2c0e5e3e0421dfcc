"""Authlib completes both flows of the identity service. See test.sh."""

import json
import re
import sys
import time
import uuid
from urllib.parse import parse_qs, urljoin, urlsplit

import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc import jwt
from joserfc.jwk import ECKey

identity, callback, agency_key = sys.argv[1:]
metadata = requests.get(f"{identity}/.well-known/openid-configuration", timeout=5).json()


def follow(browser, url):
    """Follows redirects until nobody would answer; the last page or address."""
    for _ in range(20):
        if url.startswith(callback):
            return url, None
        answer = browser.get(url, allow_redirects=False, timeout=5)
        if "location" not in answer.headers:
            return url, answer.text
        url = urljoin(url, answer.headers["location"])
    raise AssertionError("redirected in circles")


def code_flow():
    portal = OAuth2Session(
        "portal",
        "portal secret: with / and +",
        scope="openid offline_access",
        redirect_uri=callback,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_post",
    )
    verifier = "a verifier of at least forty-three characters-".replace(" ", "-")
    url, state = portal.create_authorization_url(
        metadata["authorization_endpoint"], code_verifier=verifier, nonce="n"
    )
    browser = requests.Session()
    address, page = follow(browser, url)
    link = re.search(r'href="([^"]*provider=bundid[^"]*)"', page)[1]
    link = link.replace("&#38;", "&").replace("&amp;", "&")
    back, _ = follow(browser, urljoin(address, link))
    answer = parse_qs(urlsplit(back).query)
    assert answer["state"] == [state] and answer["iss"] == [identity], answer
    tokens = portal.fetch_token(
        metadata["token_endpoint"],
        grant_type="authorization_code",
        code=answer["code"][0],
        code_verifier=verifier,
    )
    assert tokens["refresh_token"] and tokens["id_token"], tokens
    print("ok  authlib completes the code flow")


def client_credentials():
    with open(agency_key, encoding="utf-8") as file:
        key = json.load(file)
    # authlib takes a plain dictionary for an RSA key.
    signing_key = ECKey.import_key(key)
    agency = OAuth2Session("agency", signing_key, token_endpoint_auth_method="private_key_jwt")
    endpoint = metadata["token_endpoint"]
    # By default authlib asserts for an hour and for the token endpoint; five minutes and the issuer are right.
    claims = {"exp": int(time.time()) + 60}
    method = PrivateKeyJWT(metadata["issuer"], claims, {"kid": key["kid"]}, "ES256")
    agency.register_client_auth_method(method)
    # authlib does not know DPoP.
    header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": signing_key.as_dict(private=False)}
    claims = {"jti": str(uuid.uuid4()), "htm": "POST", "htu": endpoint, "iat": int(time.time())}
    token = agency.fetch_token(
        endpoint,
        headers={"DPoP": jwt.encode(header, claims, signing_key, algorithms=["ES256"])},
        grant_type="client_credentials",
        resource="urn:fairtermin:authority:lea",
        scope="slots:read",
    )
    assert (token["scope"], token["token_type"]) == ("slots:read", "DPoP"), token
    print("ok  authlib gets an agency token by private_key_jwt")


code_flow()
client_credentials()
