"""An OpenID provider that plays BundID, an eID service and the staff's accounts, for the traders' accounts."""

import base64
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

PASSWORD, SUBSTANTIAL, CARD = (f"STORK-QAA-Level-{level}" for level in (1, 3, 4))
EID_LEVEL = "http://eidas.europa.eu/LoA/high"


@dataclass(frozen=True)
class Human:
    """Somebody with a document."""

    given: str
    family: str
    born: str = "1980-02-03"
    place: str = "Bonn"


@dataclass
class Account:
    """What somebody logs in with: at which provider, and what it says of them."""

    provider: str
    claims: dict
    name: str = field(default_factory=lambda: secrets.token_hex(8))


def bundid(human, means=CARD, key=None, email=None):
    """A BundID account. Its key (bPK2) stays the same however one logs in to it."""
    claims = {
        "bPK2": key or secrets.token_hex(16),
        "given_name": human.given,
        "family_name": human.family,
        "date_of_birth": human.born,
        "place_of_birth": human.place,
        "trust_level_authentication": means,
    }
    return Account("bundid", claims | ({"email": email} if email else {}))


def eid(human, card=None):
    """An identity card with its PIN, without an account."""
    claims = {
        "sub": card or secrets.token_hex(16),
        "given_name": human.given,
        "family_name": human.family,
        "birthdate": human.born,
        "place_of_birth": human.place,
        "acr": EID_LEVEL,
    }
    return Account("eid", claims)


def staff(*groups):
    """The work account of a clerk."""
    return Account("staff", {"groups": list(groups)})


class Provider:
    """Three issuers on one port. Whoever comes to log in names the account by `account`."""

    def __init__(self):
        self.key = ECKey.generate_key("P-256", {"kid": "provider", "use": "sig", "alg": "ES256"})
        self.codes, self.accounts = {}, {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *arguments: Handler(self, *arguments))
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def door(self, url, account):
        """The address at which this account logs in, where somebody was sent to choose one."""
        self.accounts[account.name] = account
        return f"{url}&account={account.name}"

    def discovery(self, issuer):
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
        }

    def code(self, query):
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def id_token(self, issuer, code):
        query = self.codes.pop(code)
        account, now = self.accounts[query["account"]], int(time.time())
        account.session = secrets.token_hex(8)
        claims = {
            "sub": account.name,
            "iss": issuer,
            "aud": query["client_id"],
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": query.get("nonce"),
            "sid": account.session,
        }
        return self.sign({"alg": "ES256", "kid": "provider"}, claims | account.claims)

    def logout_token(self, account):
        """What the provider tells when the account's log-in ended there (back-channel log-out)."""
        now = int(time.time())
        claims = {
            "iss": f"{self.base}/{account.provider}",
            "sub": account.claims.get("sub", account.name),
            "aud": "fairtermin-identity",
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_hex(8),
            "sid": account.session,
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
        }
        return self.sign({"alg": "ES256", "kid": "provider", "typ": "logout+jwt"}, claims)

    def sign(self, header, claims):
        return jwt.encode(header, claims, self.key, algorithms=["ES256"])


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # An answer leaves in one piece, at once: in two, the second waits for the acknowledgement of the first, 40 ms.
    wbufsize, disable_nagle_algorithm = -1, True

    def __init__(self, provider, *arguments):
        self.provider = provider
        super().__init__(*arguments)

    def do_GET(self):
        url = urlsplit(self.path)
        name, path = url.path[1:].split("/", 1)
        issuer = f"{self.provider.base}/{name}"
        if path == ".well-known/openid-configuration":
            self.answer(self.provider.discovery(issuer))
        elif path == "jwks":
            self.answer({"keys": [self.provider.key.as_dict(private=False)]})
        elif path == "authorize":
            query = {key: values[0] for key, values in parse_qs(url.query).items()}
            self.send_response(302)
            self.send_header("location", self.provider.code(query))
            self.send_header("content-length", "0")
            self.end_headers()
        else:
            self.send_error(404)

    def do_POST(self):
        name = self.path[1:].split("/", 1)[0]
        form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        token = self.provider.id_token(f"{self.provider.base}/{name}", form["code"][0])
        answer = {"token_type": "Bearer", "expires_in": 300}
        self.answer(answer | {"access_token": secrets.token_hex(8), "id_token": token})

    def answer(self, body):
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def claims_of(token):
    """What a token says, unverified: its thief does not verify either."""
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
