"""Proofs of an agency's key (DPoP, RFC 9449)."""

import secrets
import time
from base64 import urlsafe_b64encode
from hashlib import sha256

from joserfc import jwt


def proof(key, method, url, token=None):
    """The value of the `DPoP` header of one request; with `token` for a request that carries it."""
    header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": key.as_dict(private=False)}
    claims = {"jti": secrets.token_hex(8), "htm": method, "htu": url, "iat": int(time.time())}
    if token:
        claims["ath"] = urlsafe_b64encode(sha256(token.encode()).digest()).rstrip(b"=").decode()
    return jwt.encode(header, claims, key, algorithms=["ES256"])
