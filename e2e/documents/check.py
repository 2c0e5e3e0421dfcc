"""What the services of a running demo say about themselves, read by other programs and tried. See test.sh."""

import datetime
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from logins import ERIKA
from world import World

work, folder = map(Path, sys.argv[1:])
SERVICES = ("slot", "identity", "notification", "portal")
# Which of them send events.
SENDERS = ("slot", "identity")


def call(command, cwd=work):
    """What a command prints; fails with all that it said."""
    done = subprocess.run([str(it) for it in command], cwd=cwd, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def fetch(places):
    """The document of each service, kept as a file."""
    documents = {}
    for name, place in places.items():
        answer = requests.get(f"{place}/openapi.json", timeout=5)
        assert answer.ok, (name, answer.status_code)
        documents[name] = answer.json()
        (folder / f"{name}.json").write_text(answer.text)
        assert documents[name]["servers"] == [{"url": place}], documents[name]["servers"]
        assert "/problems/{code}" in requests.get(f"{place}/reference", timeout=5).text, name
    operations = sum(1 for document in documents.values() for _ in operations_of(document))
    told = len(documents["notification"]["webhooks"])
    print(f"ok  {len(documents)} documents: {operations} operations, {told} webhooks")
    return documents


def operations_of(document):
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def redocly():
    files = [folder / f"{name}.json" for name in SERVICES]
    call(["npx", "redocly", "lint", "--config", "redocly.yaml", "--max-problems", 1000, *files])
    return "redocly: 0 errors, 0 warnings by redocly.yaml"


def spectral():
    files = [folder / f"{name}.json" for name in SERVICES]
    call(["npx", "spectral", "lint", "--ruleset", "spectral.yaml", "--fail-severity", "warn", *files])
    return "spectral: 0 errors, 0 warnings by spectral.yaml"


def events():
    texts = {requests.get(f"{places[name]}/asyncapi.json", timeout=5).text for name in SENDERS}
    assert len(texts) == 1, "they serve different documents of the same broker"
    file = folder / "events.json"
    file.write_text(texts.pop())
    return f"@asyncapi/parser reads {call(['node', 'events.mjs', file]).strip()}"


def typescript():
    for name in SERVICES:
        call(["npx", "openapi-typescript", folder / f"{name}.json", "-o", f"types/{name}.ts"])
    options = ["--strict", "--noEmit", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"]
    call(["npx", "tsc", *options, "types.ts"])
    return f"openapi-typescript: types of {len(SERVICES)} services, tsc --strict has nothing to say"


def python():
    generator = Path(sys.executable).with_name("openapi-python-client")
    for name in SERVICES:
        client = folder / f"{name}_client"
        call([generator, "generate", "--path", folder / f"{name}.json", "--output-path", client, "--meta", "none"])
        call([sys.executable, "-m", "compileall", "-q", client])
        call([sys.executable, "-c", f"import {name}_client"], cwd=folder)
    return f"openapi-python-client: clients of {len(SERVICES)} services compile"


def problems(places, documents):
    """Each problem that an operation names has its page at the service that answers with it."""
    pages = 0
    for name, document in documents.items():
        codes = {code for *_, operation in operations_of(document) for code in operation["x-problems"]}
        for code in sorted(codes):
            page = requests.get(f"{places[name]}/problems/{code}", timeout=5)
            assert page.ok and code in page.text, (name, code, page.status_code)
            pages += 1
    print(f"ok  {pages} pages of problems")


def example(document, parameter):
    """A value that the document gives for a parameter, as it stands there."""
    schema = parameter.get("schema", {})
    schema = schema.get("items", schema)
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return parameter.get("example", schema.get("example", schema.get("examples", [None])[0]))


def reads(places, documents):
    """What anybody may read is answered to the examples, to HEAD, and to a script of another page."""
    count = 0
    for name, document in documents.items():
        for path, method, operation in operations_of(document):
            is_open = operation["security"] == [] or {} in operation["security"]
            is_page = operation["tags"] == ["Browser"]
            # Draws and FHIR's slots have ids that only a list tells.
            if method != "get" or not is_open or is_page or "/draws/" in path or path == "/fhir/Slot/{id}":
                continue
            parameters = operation.get("parameters", [])
            for parameter in parameters:
                if parameter["in"] == "path":
                    path = path.replace("{%s}" % parameter["name"], str(example(document, parameter)))
            stated = [it for it in parameters if it["in"] == "query" and (it["required"] or "example" in it)]
            query = {it["name"]: example(document, it) for it in stated}
            url = f"{places[name]}{path}"
            answer = requests.get(url, params=query, timeout=10)
            assert answer.ok, (url, query, answer.text)
            head = requests.head(url, params=query, timeout=10)
            assert (head.status_code, head.content) == (answer.status_code, b""), (url, head.status_code)
            allow = requests.options(url, timeout=5).headers["allow"]
            assert allow.startswith("GET, ") and "HEAD, OPTIONS" in allow, (url, allow)
            count += 1
    print(f"ok  the examples of {count} public operations, with GET, HEAD and OPTIONS")


def hold(world, document):
    """The example of a hold, as it stands in the document; on a holiday with the start that is free next."""
    place = world.at["buergeramt"]
    body = document["paths"]["/v1/holds"]["post"]["requestBody"]["content"]["application/json"]["example"]
    query = {"service": body["services"], "location": body["location"]}
    day = body["start"][:10]
    ahead = datetime.date.fromisoformat(day) - datetime.date.today()
    assert datetime.timedelta(0) < ahead < datetime.timedelta(9), body
    days = requests.get(f"{place}/v1/availability/days", params=query | {"from": day, "to": day}, timeout=10).json()
    if day in days["closed"]:
        slot = requests.get(f"{place}/v1/availability/earliest", params=query, timeout=10).json()["slot"]
        body |= {"start": slot["start"]}
    token = world.identity.log_in(ERIKA, "buergeramt")
    headers = {"Authorization": f"Bearer {token}"}
    held = requests.post(f"{place}/v1/holds", json=body, headers=headers, timeout=10)
    assert held.status_code == 201, held.text
    release = {"hold_token": held.json()["hold_token"]}
    gone = requests.delete(f"{place}/v1/holds/{held.json()['hold_id']}", json=release, headers=headers, timeout=10)
    assert gone.status_code == 204, gone.text
    print("ok  the example of a hold holds a slot of the demo")


with World(folder) as world:
    places = {
        "slot": world.at["buergeramt"],
        "identity": world.at["identity"],
        "notification": world.at["notification"],
        "portal": world.portal,
    }
    documents = fetch(places)
    reads(places, documents)
    hold(world, documents["slot"])
    problems(places, documents)
    # Foreign programs that read the same files: none waits for another.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for line in pool.map(lambda check: check(), (python, typescript, redocly, spectral, events)):
            print(f"ok  {line}")
