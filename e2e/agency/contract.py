"""Whether a slot service, ours or another's, keeps the contract: our released OpenAPI document.

Needs requirements.txt and, for each kind of caller, a token in the environment:

    CITIZEN_TOKEN=... AGENCY_TOKEN=... AGENCY_KEY=my-agency.jwk python contract.py https://termine.example.de/slot

STAFF_TOKEN and ON_BEHALF_TOKEN as well; ..._KEY names the file with the key that a token is bound to. It holds, books and cancels: use a service for tests, with people and places that
are invented. Operations for whose callers there is no token are named and not called.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import explore
from dpop import Bound

RELEASED = Path(__file__).parents[2] / "services/slot/api/openapi.released.json"
# Within /v1 a service may answer more than the released document says, so a method beyond it is no breach.
CHECKS = explore.CHECKS.replace("unsupported_method,", "")
KINDS = ("citizen", "on_behalf", "staff", "agency")


def check(base, tokens, folder, examples=10):
    """Fails with the first breach."""
    document = explore.grounded(base, folder, json.loads(RELEASED.read_text()))
    explore.run(document, base, tokens, folder, examples, CHECKS)


def from_environment():
    """The token of each kind of caller that there is one of."""
    tokens = {}
    for kind in KINDS:
        token, key = (os.environ.get(f"{kind.upper()}_{what}") for what in ("TOKEN", "KEY"))
        if token:
            tokens[kind] = Bound.of_file(token, key) if key else token
    return tokens


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    tokens = from_environment()
    if not tokens:
        sys.exit("contract: no token. Set CITIZEN_TOKEN, STAFF_TOKEN, AGENCY_TOKEN or ON_BEHALF_TOKEN.")
    with tempfile.TemporaryDirectory() as folder:
        check(sys.argv[1].rstrip("/"), tokens, folder)
