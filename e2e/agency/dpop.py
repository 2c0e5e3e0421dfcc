"""Tokens that are bound to a key (DPoP, RFC 9449), with joserfc. See test.sh."""

import json
import time
import uuid
from base64 import urlsafe_b64encode
from contextlib import contextmanager
from hashlib import sha256
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey
from requests.auth import AuthBase


def proof(key, method, url, token=None):
    """The value of the `DPoP` header of one request."""
    header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": key.as_dict(private=False)}
    claims = {"jti": str(uuid.uuid4()), "htm": method, "htu": url.partition("?")[0], "iat": int(time.time())}
    if token:
        claims["ath"] = urlsafe_b64encode(sha256(token.encode()).digest()).rstrip(b"=").decode()
    return jwt.encode(header, claims, key, algorithms=["ES256"])


class Bound(AuthBase):
    """A token and the key that it is bound to: what `requests` takes as `auth`."""

    def __init__(self, token, key):
        self.token, self.key = token, key

    @classmethod
    def of_file(cls, token, file):
        return cls(token, ECKey.import_key(json.loads(Path(file).read_text())))

    def headers(self, method, url):
        return {"Authorization": f"DPoP {self.token}", "DPoP": proof(self.key, method, url, self.token)}

    def __call__(self, request):
        request.headers.update(self.headers(request.method, request.url))
        return request


@contextmanager
def door(base, bound):
    """An address that leads to `base` for programs that know bearer tokens only: what they send as
    `Authorization: Bearer` of the token goes on bound, with a proof; everything else as it came."""
    place = urlsplit(base)

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # An answer leaves in one piece, at once: in two, the second waits for the acknowledgement of the first, 40 ms.
        wbufsize, disable_nagle_algorithm = -1, True

        def __getattr__(self, name):
            # Whatever the method is.
            if name.startswith("do_"):
                return self.pass_on
            raise AttributeError(name)

        def log_message(self, *_):
            pass

        def pass_on(self):
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            onward = HTTPConnection(place.hostname, place.port, timeout=20)
            onward.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if (name.lower(), value) == ("authorization", f"Bearer {bound.token}"):
                    for header in bound.headers(self.command, base + self.path.partition("?")[0]).items():
                        onward.putheader(*header)
                elif name.lower() == "host":
                    onward.putheader("Host", place.netloc)
                else:
                    onward.putheader(name, value)
            onward.endheaders(body)
            answer = onward.getresponse()
            content = answer.read()
            self.send_response_only(answer.status, answer.reason)
            for name, value in answer.getheaders():
                if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                    self.send_header(name, value)
            if answer.status not in (204, 304):
                length = answer.getheader("content-length") if self.command == "HEAD" else None
                self.send_header("Content-Length", length or str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            onward.close()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
