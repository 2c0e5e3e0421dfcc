"""schemathesis calls every operation of a service with what its document allows and does not. See test.sh."""

import datetime
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from dpop import Bound, door

CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance,negative_data_rejection,missing_required_header,unsupported_method,"
    "ignored_auth,use_after_free"
)


def grounded_events(base, folder, authority):
    """The document of the notification service, for one authority. Webhooks lead nowhere."""
    document = requests.get(f"{base}/openapi.json", timeout=5).json()
    schemas = document["components"]["schemas"]
    schemas["AuthorityId"]["enum"] = [authority]
    schemas["WebhookRequest"]["properties"]["url"]["enum"] = ["http://127.0.0.1:9/hook"]
    return written(document, folder, "events.json")


def written(document, folder, name):
    file = Path(folder) / name
    file.write_text(json.dumps(document))
    return file


def grounded(base, folder, document=None):
    """A slot service's document, its own or a given one, with the ids and some times that it knows: guesses get past
    the door."""
    get = lambda path: requests.get(base + path, timeout=5).json()
    document = document or get("/openapi.json")
    services = get("/v1/services")["services"]
    schemas = document["components"]["schemas"]
    schemas["ServiceId"]["enum"] = [it["id"] for it in services]
    schemas["LocationId"]["enum"] = [it["id"] for it in get("/v1/locations")["locations"]]
    today = datetime.date.today()
    dates = [str(today + datetime.timedelta(days=days)) for days in range(-1, 9)]
    starts = []
    for service in services[:4]:
        for date in dates:
            slots = get(f"/v1/availability/slots?service={service['id']}&date={date}")["slots"]
            starts += [slot["start"] for slot in slots[:3]]
    for name in ["HoldRequest", "HoldRequestAtDesk"]:
        schemas[name]["properties"]["start"]["enum"] = sorted(set(starts))
    for path in document["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", []):
                if operation["operationId"] == "searchFhirSlots":
                    ground_fhir(parameter, schemas, dates)
                elif parameter["name"] in ("date", "from", "to"):
                    parameter["schema"]["enum"] = dates
    return written(document, folder, "openapi.json")


def ground_fhir(parameter, schemas, dates):
    match parameter["name"]:
        case "schedule":
            parameter["schema"]["enum"] = schemas["LocationId"]["enum"]
        case "start":
            parameter["schema"]["items"]["enum"] = [f"ge{date}" for date in dates]


def explore(document, base, caller, operations, token, examples, folder, checks):
    """How many requests went out; fails with what was found."""
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        f"--config-file={Path(__file__).with_name('schemathesis.toml')}",
        "run",
        str(document),
        f"--url={base}",
        f"--header=Authorization: Bearer {token}",
        f"--checks={checks}",
        f"--max-examples={examples}",
        "--phases=examples,coverage,fuzzing",
        "--seed=20270104",
        "--workers=1",
        "--request-timeout=20",
        "--no-color",
        *(f"--include-operation-id={operation}" for operation in operations),
    ]
    log = Path(folder) / f"explore-{document.stem}-{caller}.log"
    done = subprocess.run(command, stdout=log.open("w"), stderr=subprocess.STDOUT, cwd=folder)
    text = log.read_text()
    if done.returncode != 0:
        sys.exit(f"{text}\nschemathesis found something as {caller}, see above")
    return int(re.search(r"(\d+) generated", text)[1])


def callers(document):
    """Which operations each kind of caller can call; what is open to everybody goes to citizens."""
    found = {}
    for path in json.loads(document.read_text())["paths"].values():
        for operation in path.values():
            for either in operation.get("security") or [{"citizen": []}]:
                for caller in either:
                    found.setdefault(caller, []).append(operation["operationId"])
    return found


def run(document, base, tokens, folder, examples=30, checks=CHECKS):
    """Every operation of a document, by whoever may call it and has a token; as many kinds of caller at once as there
    are cores, since schemathesis thinks longer than the service. It knows bearer tokens only; one that is bound to a key
    goes through a door that adds the proofs."""

    def as_caller(caller, operations):
        token = tokens.get(caller)
        if token is None:
            return f"--  no token of a caller of the kind {caller}: {len(operations)} operations are not called"
        if isinstance(token, Bound):
            with door(base, token) as place:
                count = explore(document, place, caller, operations, token.token, examples, folder, checks)
        else:
            count = explore(document, base, caller, operations, token, examples, folder, checks)
        return f"ok  schemathesis: {count} requests to {len(operations)} operations of {document.name} as {caller}"

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for line in pool.map(lambda each: as_caller(*each), callers(document).items()):
            print(line)
