"""Browsers and programs of people: how a trader, a customer or a clerk uses the public API."""

import html
import itertools
import re
import secrets
import time
import uuid
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import parse_qs, urljoin, urlsplit

import requests
from joserfc import jwt

from dpop import proof
from office import CALLBACK, IS_OLDER
from provider import Human, claims_of, eid, staff

SYLLABLES = "ba fo ku li me nu ra ti".split()
_numbers = itertools.count(1)


def somebody(**more):
    """A human whom nobody knew before."""
    number = next(_numbers)
    # No two sound alike: that would be a case for the desk.
    letters = "".join(SYLLABLES[int(digit)] for digit in f"{number:04o}")
    day = f"{1950 + number % 50}-{1 + number % 6 + 1:02}-{2 + number % 26:02}"
    return Human(**({"given": letters.title(), "family": f"Muster{letters}", "born": day} | more))


class Refused(Exception):
    """The log-in ended at a page, not at the program."""


class LogIn:
    """Tokens of one log-in."""

    def __init__(self, market, tokens, authority):
        self.market, self.authority = market, authority
        self.access, self.refresh = tokens["access_token"], tokens.get("refresh_token")
        self.id_token = tokens.get("id_token")

    @property
    def subject(self):
        return claims_of(self.access)["sub"]

    @property
    def case(self):
        """The case that keeps open who this is, if there is one."""
        return claims_of(self.id_token).get("case")

    def call(self, method, path, body=None, replica=0, **headers):
        base = self.market.slots[self.authority][replica]
        headers["authorization"] = f"Bearer {self.access}"
        return self.market.http.request(method, base + path, json=body, headers=headers, timeout=30)

    def identity(self, method, path, body=None):
        headers = {"authorization": f"Bearer {self.access}"}
        return self.market.http.request(method, self.market.issuer + path, json=body, headers=headers, timeout=30)

    def attendee(self):
        """Identity's statement of who this is, or nothing once the log-in has ended."""
        answer = self.identity("GET", "/userinfo")
        return answer.text if answer.ok else ""

    def hold(self, seat, replica=0, **more):
        """Whoever cannot be answered at the moment tries again, as everybody does."""
        deadline = time.monotonic() + 20
        while (answer := self.call("POST", "/v1/holds", seat | more, replica)).status_code == 503:
            if time.monotonic() > deadline:
                break
            time.sleep(0.5)
        return answer

    def release(self, hold, replica=0):
        body = {"hold_token": hold["hold_token"]}
        return self.call("DELETE", f"/v1/holds/{hold['hold_id']}", body, replica)

    def confirm(self, hold, attendee=None, replica=0):
        body = {"hold_token": hold["hold_token"], "attendee": attendee or self.attendee(), "language": "de"}
        return self.call("POST", "/v1/bookings", body, replica, **{"idempotency-key": str(uuid.uuid4())})

    def book(self, seat, **more):
        """An appointment, as everybody gets one."""
        held = self.hold(seat, **more)
        assert held.status_code == 201, held.text
        booked = self.confirm(held.json())
        assert booked.status_code == 201, booked.text
        return booked.json()

    def cancel(self, booking):
        return self.call("POST", f"/v1/bookings/{booking['id']}/cancel", {})

    def bookings(self):
        answer = self.call("GET", "/v1/bookings")
        return answer.json()["bookings"] if answer.ok else []

    def elsewhere(self, authority):
        """The same log-in at another authority."""
        form = {"grant_type": "refresh_token", "refresh_token": self.refresh}
        return LogIn(self.market, self.market.token(form, authority), authority)


class Program(LogIn):
    """An agency's program: its token is bound to its key, and each request carries a proof. The older edition
    knows bearer tokens only."""

    def __init__(self, market, tokens, authority, key):
        super().__init__(market, tokens, authority)
        self.key = key

    def call(self, method, path, body=None, replica=0, **headers):
        if IS_OLDER:
            return super().call(method, path, body, replica, **headers)
        return self.send(method, path, body, replica, self.proof(method, path), **headers)

    def proof(self, method, path):
        """For one request to the authority, at whichever replica it arrives."""
        return proof(self.key, method, self.market.address(self.authority) + path, self.access)

    def send(self, method, path, body, replica=0, proof=None, scheme="DPoP", **headers):
        headers["authorization"] = f"{scheme} {self.access}"
        if proof:
            headers["dpop"] = proof
        base = self.market.slots[self.authority][replica]
        return self.market.http.request(method, base + path, json=body, headers=headers, timeout=30)


class People:
    """Logs people in; a mix-in of the market."""

    def token(self, form, authority="lea", client="market", proves=True, headers=None):
        form = form | {"client_id": client, "resource": f"urn:fairtermin:authority:{authority}"}
        if proves:
            form["client_secret"] = self.secrets[client]
        answer = self.http.post(self.endpoints["token_endpoint"], data=form, headers=headers, timeout=30)
        if not answer.ok:
            raise Refused(answer.text)
        return answer.json()

    def begin(self, account, scope="openid offline_access bookings", client="market", stop=None):
        """A browser, the page where it arrives (the program's callback, one of identity, or one with `stop` in its
        address) and its text, and the program's secret half of PKCE."""
        verifier = secrets.token_urlsafe(48)
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "client_id": client,
            "redirect_uri": CALLBACK,
            "scope": scope,
            "state": secrets.token_urlsafe(16),
            "nonce": secrets.token_urlsafe(16),
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        url = requests.Request("GET", self.endpoints["authorization_endpoint"], params=query).prepare().url
        browser = requests.Session()
        address, page = self.follow(browser, url, account, stop)
        links = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', page)]
        wanted = [link for link in links if f"provider={account.provider}" in link]
        if wanted:
            address, page = self.follow(browser, urljoin(address, wanted[0]), account, stop)
        return browser, address, page, verifier

    def follow(self, browser, url, account, stop=None):
        for _ in range(20):
            if url.startswith(CALLBACK) or (stop and stop in url):
                return url, ""
            if url.startswith(self.provider.base) and "/authorize?" in url and account:
                url = self.provider.door(url, account)
            answer = browser.get(url, allow_redirects=False, timeout=30)
            if "location" not in answer.headers:
                return url, answer.text
            url = urljoin(url, answer.headers["location"])
        raise AssertionError("redirected in circles")

    def code(self, account, **options):
        """The code that a log-in yields, and the program's proof that it asked for it."""
        _, address, page, verifier = self.begin(account, **options)
        code = parse_qs(urlsplit(address).query).get("code")
        if not address.startswith(CALLBACK) or not code:
            raise Refused(page or address)
        return code[0], verifier

    def redeem(self, code, verifier, authority="lea", **options):
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK, "code_verifier": verifier}
        return LogIn(self, self.token(form, authority, **options), authority)

    def log_in(self, account, authority="lea", scope="openid offline_access bookings"):
        return self.redeem(*self.code(account, scope=scope), authority)

    def person(self, **more):
        """Somebody whom nobody knew, with their card."""
        return self.log_in(eid(somebody(**more)))

    def clerk(self, account=None, authority="lea"):
        return self.log_in(account or staff(f"{authority}-clerk"), authority, "openid offline_access desk")

    def assertion(self):
        """How the agency's program proves that it is itself, once."""
        now = int(time.time())
        claims = {
            "iss": "agency",
            "sub": "agency",
            "aud": self.issuer,
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_hex(8),
        }
        assertion = jwt.encode({"alg": "ES256", "kid": "agency"}, claims, self.agency_key, algorithms=["ES256"])
        return {
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion,
        }

    def agency(self, assertion=None, key=None):
        """The agency's program that posts entitlements, with a token for whoever has `key`; its own if left out."""
        key = key or self.agency_key
        form = {"grant_type": "client_credentials", "scope": "entitlements:write"} | (assertion or self.assertion())
        headers = None if IS_OLDER else {"dpop": proof(key, "POST", self.endpoints["token_endpoint"])}
        return Program(self, self.token(form, client="agency", proves=False, headers=headers), "lea", key)
