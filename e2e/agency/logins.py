"""Tokens from the identity service, got as a browser and an agency's program get them."""

import html
import os
import re
import secrets
import subprocess
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import parse_qs, urljoin, urlsplit

import requests

from dpop import Bound, proof

# How somebody logs in at the simulated providers: what the links that they follow contain.
ERIKA = ("provider=bundid", "citizen=erika&means=online-id")
MARLENE = ("provider=bundid", "citizen=marlene&means=online-id")
OEZGUER = ("provider=bundid", "citizen=oezguer&means=online-id")
KFZ_CLERK = ("staff=kfz-clerk",)


class Identity:
    """An identity service, used by one of its clients."""

    def __init__(self, issuer, client, secret, callback):
        self.client, self.secret, self.callback = client, secret, callback
        discovery = f"{issuer}/.well-known/openid-configuration"
        self.endpoints = requests.get(discovery, timeout=5).json()

    def log_in(self, way, authority, scope="openid bookings"):
        """The access token of whoever takes this way, for this authority."""
        verifier = secrets.token_urlsafe(48)
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": self.callback,
            "scope": scope,
            "state": secrets.token_urlsafe(16),
            "nonce": secrets.token_urlsafe(16),
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        address = requests.Request("GET", self.endpoints["authorization_endpoint"], params=query)
        answer = self.browse(address.prepare().url, way)
        return self.token(
            grant_type="authorization_code",
            code=answer["code"][0],
            redirect_uri=self.callback,
            code_verifier=verifier,
            resource=f"urn:fairtermin:authority:{authority}",
            client_id=self.client,
            client_secret=self.secret,
        )

    def browse(self, url, way, first=""):
        """What somebody brings back who takes this way from a page with the words `first`."""
        address, page = self.walk(requests.Session(), url, way, first)
        answer = parse_qs(urlsplit(address).query)
        assert "code" in answer, (address, page)
        return answer

    def walk(self, browser, url, way, first=""):
        """Where this browser arrives, and the page there."""
        address, page = self.follow(browser, url)
        assert first in (page or ""), page
        for fragment in way:
            links = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', page or "")]
            link = next((link for link in links if fragment in link), None)
            assert link, f"no link with {fragment} among {links}"
            address, page = self.follow(browser, urljoin(address, link))
        return address, page

    def agency(self, client, key, authority, scope):
        """The access token of an agency's program, bound to its key."""
        bound = Bound.of_file("", key)
        bound.token = self.token(
            {"DPoP": proof(bound.key, "POST", self.endpoints["token_endpoint"])},
            grant_type="client_credentials",
            resource=f"urn:fairtermin:authority:{authority}",
            scope=scope,
            **self.assertion(client, key),
        )
        return bound

    def assertion(self, client, key):
        """How an agency's program proves that it is itself."""
        command = [os.environ["FAIRTERMIN"], "agency", "assertion", client, "--key", str(key)]
        command += ["--issuer", self.endpoints["issuer"]]
        assertion = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return {
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion.strip(),
        }

    def token(self, headers=None, **form):
        answer = requests.post(self.endpoints["token_endpoint"], data=form, headers=headers, timeout=5)
        assert answer.ok, answer.text
        return answer.json()["access_token"]

    def attendee(self, token):
        """The signed userinfo response of the person."""
        headers = {"authorization": f"Bearer {token}"}
        answer = requests.get(self.endpoints["userinfo_endpoint"], headers=headers, timeout=5)
        assert answer.ok, answer.text
        return answer.text

    def follow(self, browser, url):
        """Follows redirects until the callback, or a page."""
        for _ in range(20):
            if url.startswith(self.callback):
                return url, None
            answer = browser.get(url, allow_redirects=False, timeout=5)
            if "location" not in answer.headers:
                return url, answer.text
            url = urljoin(url, answer.headers["location"])
        raise AssertionError("redirected in circles")
