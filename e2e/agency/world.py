"""The demo with further programs registered. See test.sh."""

import os
import re
import secrets
import subprocess
import time
from pathlib import Path

import requests

from logins import Identity

CALLBACK = "http://127.0.0.1:1/callback"
TEST_CLIENT = """
- id: tests
  secret: {value: "%s"}
  scopes: [bookings, desk]
  redirect_uris: ["%s"]
"""


class World:
    """A running demo. Use it with `with`."""

    def __init__(self, folder, *registrations):
        self.folder = Path(folder)
        self.secret = secrets.token_hex(24)
        own = self.folder / "tests.yaml"
        own.write_text(TEST_CLIENT % (self.secret, CALLBACK))
        self.log = self.folder / "demo.log"
        # Unlimited: schemathesis alone sends more in a minute than one person may.
        command = [os.environ["FAIRTERMIN"], "demo", "--port", "0", "--unlimited", "--empty"]
        for file in (own, *registrations):
            command += ["--clients", str(file)]
        self.process = subprocess.Popen(command, stdout=self.log.open("w"), stderr=subprocess.STDOUT)

    def __enter__(self):
        deadline = time.monotonic() + 30
        while "Ctrl-C" not in (text := self.log.read_text()):
            assert self.process.poll() is None and time.monotonic() < deadline, text
            time.sleep(0.05)
        places = re.findall(r"^    (\w+) +(http://[\d.:]+)/", text, re.MULTILINE)
        self.portal = re.search(r"Open +(http://[\d.:]+)/", text)[1]
        self.at = {name: url for name, url in places}
        # They listen before they have read what is free.
        while not all(requests.get(f"{url}/readyz", timeout=5).ok for url in self.at.values()):
            assert time.monotonic() < deadline, "not ready"
            time.sleep(0.05)
        issuer = requests.get(f"{self.at['lea']}/.well-known/fairtermin", timeout=5).json()["issuer"]
        self.identity = Identity(issuer, "tests", self.secret, CALLBACK)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
