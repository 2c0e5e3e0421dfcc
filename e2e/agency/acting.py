"""A program that a person lets act for them, with authlib. See test.sh."""

import json
import time

from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.jwk import ECKey

ACT = "bookings:write:onbehalf"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
VERIFIER = "a-verifier-of-at-least-forty-three-characters-"


class Acting:
    """The program `my-desk` of the quick start, used by one person."""

    def __init__(self, identity, key):
        self.identity, self.endpoint = identity, identity.endpoints["token_endpoint"]
        self.key = json.loads(key.read_text())
        self.session = OAuth2Session(
            "my-desk",
            ECKey.import_key(self.key),
            scope=f"openid {ACT}",
            redirect_uri=identity.callback,
            code_challenge_method="S256",
            token_endpoint_auth_method="private_key_jwt",
        )

    def log_in(self, way):
        """The person reads who asks, and allows it; the token that can be exchanged."""
        address = self.identity.endpoints["authorization_endpoint"]
        url, _ = self.session.create_authorization_url(
            address, code_verifier=VERIFIER, nonce="n", ui_locales="en"
        )
        answer = self.identity.browse(url, way, "My desk wants to book for you")
        tokens = self.token(
            grant_type="authorization_code",
            code=answer["code"][0],
            code_verifier=VERIFIER,
        )
        return tokens["access_token"]

    def exchange(self, subject, authority):
        """A token to act for the person at this authority (RFC 8693)."""
        token = self.token(
            grant_type="urn:ietf:params:oauth:grant-type:token-exchange",
            subject_token=subject,
            subject_token_type=ACCESS_TOKEN,
            resource=f"urn:fairtermin:authority:{authority}",
            scope=ACT,
        )
        assert token["issued_token_type"] == ACCESS_TOKEN and token["scope"] == ACT, token
        assert 0 < token["expires_in"] <= 600, token
        return token["access_token"]

    def token(self, **form):
        """Asks the token endpoint, with a new assertion each time."""
        # By default authlib asserts for an hour; five minutes are the most that is accepted.
        claims = {"exp": int(time.time()) + 60}
        method = PrivateKeyJWT(self.endpoint, claims, {"kid": self.key["kid"]}, "ES256")
        self.session.register_client_auth_method(method)
        return self.session.fetch_token(self.endpoint, **form)
