"""A program that a person lets act for them, with authlib. See test.sh."""

import copy
import json
import time
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests

from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.jwk import ECKey

from dpop import Bound, proof

# As the quick start registers it.
CALLBACK = "http://127.0.0.1:8765/callback"
ACT = "bookings:write:onbehalf"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
VERIFIER = "a-verifier-of-at-least-forty-three-characters-"


class Acting:
    """The program `my-desk` of the quick start, used by one person."""

    def __init__(self, identity, key):
        self.identity, self.endpoint = copy.copy(identity), identity.endpoints["token_endpoint"]
        self.identity.callback = CALLBACK
        self.file, self.key = key, ECKey.import_key(json.loads(key.read_text()))
        self.session = OAuth2Session(
            "my-desk",
            self.key,
            scope=f"openid {ACT}",
            redirect_uri=CALLBACK,
            code_challenge_method="S256",
            token_endpoint_auth_method="private_key_jwt",
        )

    def log_in(self, way):
        """The person reads who asks, and allows it; the token that can be exchanged."""
        address = self.identity.endpoints["authorization_endpoint"]
        url, _ = self.session.create_authorization_url(
            address, code_verifier=VERIFIER, nonce="n", ui_locales="en"
        )
        url = f"{address}?{urlencode(self.push(dict(parse_qsl(urlsplit(url).query))))}"
        answer = self.identity.browse(url, way, "My desk wants to book for you")
        tokens = self.token(
            grant_type="authorization_code",
            code=answer["code"][0],
            code_verifier=VERIFIER,
        )
        return tokens["access_token"]

    def push(self, parameters):
        """What the browser brings in place of the parameters (RFC 9126, which authlib does not know)."""
        endpoint = self.identity.endpoints["pushed_authorization_request_endpoint"]
        form = parameters | self.identity.assertion("my-desk", self.file)
        answer = requests.post(endpoint, data=form, headers={"DPoP": proof(self.key, "POST", endpoint)}, timeout=5)
        assert answer.status_code == 201, answer.text
        return {"client_id": "my-desk", "request_uri": answer.json()["request_uri"]}

    def exchange(self, subject, authority):
        """A token to act for the person at this authority (RFC 8693), bound to the program's key."""
        token = self.token(
            grant_type="urn:ietf:params:oauth:grant-type:token-exchange",
            subject_token=subject,
            subject_token_type=ACCESS_TOKEN,
            resource=f"urn:fairtermin:authority:{authority}",
            scope=ACT,
        )
        assert token["issued_token_type"] == ACCESS_TOKEN and token["scope"] == ACT, token
        assert 0 < token["expires_in"] <= 600, token
        return Bound(token["access_token"], self.key)

    def token(self, **form):
        """Asks the token endpoint, with a new assertion and a new proof each time."""
        # By default authlib asserts for an hour and for the token endpoint; five minutes and the issuer are right.
        claims = {"exp": int(time.time()) + 60}
        method = PrivateKeyJWT(self.identity.endpoints["issuer"], claims, {"kid": self.key.kid}, "ES256")
        self.session.register_client_auth_method(method)
        headers = {"DPoP": proof(self.key, "POST", self.endpoint)}
        token = self.session.fetch_token(self.endpoint, headers=headers, **form)
        assert token["token_type"] == "DPoP", token
        return token
