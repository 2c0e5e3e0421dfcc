"""An agency's endpoint: takes webhooks, and lets `standardwebhooks` say whether they are genuine.

The given command subscribes it, tells it the secret with `PUT /secret`, and reads with
`GET /counts` how many deliveries were verified and refused. Two more endpoints are neighbours: `/good`
takes everything and notes when (`GET /arrived`), `/hang` never answers.
"""

import json
import os
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

LOCK = Lock()
STATE = {"secret": "", "verified": 0, "refused": 0, "believed": []}
# Bookings that `/good` was told of, each with when, in milliseconds since 1970.
ARRIVED = []
NEVER = Event()


def is_genuine(secret: str, body: bytes, headers: dict[str, str]) -> bool:
    try:
        Webhook(secret).verify(body, headers)
        return True
    except WebhookVerificationError:
        return False


def tampered(body: bytes, headers: dict[str, str]) -> list[tuple[str, bytes, dict[str, str]]]:
    """The delivery with one thing changed at a time."""
    earlier = str(int(headers["webhook-timestamp"]) - 1)
    long_ago = str(int(headers["webhook-timestamp"]) - 3600)
    return [
        ("body", body.replace(b'"', b"'", 1), headers),
        ("id", body, headers | {"webhook-id": headers["webhook-id"] + "x"}),
        ("timestamp", body, headers | {"webhook-timestamp": earlier}),
        ("old timestamp", body, headers | {"webhook-timestamp": long_ago}),
        ("signature", body, headers | {"webhook-signature": "v1,AAAA"}),
    ]


class Endpoint(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.body()
        if self.path == "/hang":
            NEVER.wait()
        if self.path == "/good":
            with LOCK:
                ARRIVED.append([json.loads(body)["data"]["booking_id"], time.time() * 1000])
            self.answer(204)
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        with LOCK:
            secret = STATE["secret"]
            genuine = is_genuine(secret, body, headers)
            STATE["verified" if genuine else "refused"] += 1
            if genuine:
                STATE["believed"] += [what for what, body, headers in tampered(body, headers)
                                      if is_genuine(secret, body, headers)]
        self.answer(204 if genuine else 401)

    def do_PUT(self):
        with LOCK:
            STATE["secret"] = self.body().decode()
        self.answer(204)

    def do_GET(self):
        with LOCK:
            counts = {name: STATE[name] for name in ("verified", "refused")}
            answer = json.dumps(ARRIVED if self.path == "/arrived" else counts)
        self.answer(200, answer.encode())

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers["content-length"]))

    def answer(self, status: int, body: bytes = b""):
        self.send_response(status)
        if status != 204:
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Quiet."""


def main() -> int:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    Thread(target=server.serve_forever, daemon=True).start()
    environment = os.environ | {
        "FAIRTERMIN_TEST_WEBHOOK": f"http://127.0.0.1:{server.server_port}"}
    run = subprocess.run(sys.argv[1:], env=environment, capture_output=True, text=True)
    server.shutdown()
    if run.returncode:
        print(run.stdout, run.stderr, sep="\n", file=sys.stderr)
        return 1
    assert not STATE["believed"], f"changed on the way and believed: {STATE['believed']}"
    assert STATE["verified"] == 4 and STATE["refused"] >= 1, STATE
    return 0


if __name__ == "__main__":
    sys.exit(main())
