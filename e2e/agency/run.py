"""Everything that another agency does, against a running demo. See test.sh."""

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

import authorities
import desk_calendar
import explore
import fhir_view
import quickstart
from acting import Acting
from logins import ERIKA, KFZ_CLERK, MARLENE, OEZGUER
from world import World

work, folder = map(Path, sys.argv[1:])
environment = Path(sys.executable).parent


def call(command, timeout=180, **options):
    """Runs a command; fails with what it said."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def quick_start(world):
    commands = quickstart.commands("use")
    places = {"SLOT": world.at["lea"], "EVENTS": world.at["notification"]}
    printed = quickstart.run(commands, folder, **places)
    count = len(re.findall(r"^(?:call|curl)|\(curl", commands, re.MULTILINE))
    on_file = [json.loads(line) for line in printed.splitlines() if '"created"' in line]
    assert [it["entitlements"][0]["created"] for it in on_file] == [True, False], printed
    assert '"next":' in printed and '"secret":"whsec_' in printed, printed
    print(f"ok  the quick start: {count} calls with curl, the agency's with a proof each")


def act(world):
    """The quick start's commands book for a person, who sees who did it."""
    place = {"SLOT": world.at["buergeramt"]}
    with quickstart.begun(quickstart.commands("log-in") + 'echo "$SUBJECT"\n', folder, **place) as logging_in:
        # The person opens the address that the command names, in a browser that comes back to it.
        said = iter(logging_in.stderr.readline, "")
        address = next(line.strip() for line in said if line.startswith("http"))
        browser = requests.Session()
        try:
            world.identity.walk(browser, address, MARLENE, "My desk möchte für Sie buchen")
            subject, _ = logging_in.communicate(timeout=30)
        finally:
            quickstart.end(logging_in)
    assert logging_in.returncode == 0 and subject.count(".") == 2, subject
    print("ok  the quick start: a person logs in for a program")
    program = Acting(world.identity, folder / "my-desk.jwk")
    places = place | {"SUBJECT": subject.strip()}
    printed = quickstart.run(quickstart.commands("act"), folder, **places)
    assert '{"client":"my-desk","kind":"agency","name":"My desk"}' in printed, printed
    print("ok  the quick start: a program books for a person")
    # The person's own view, by the portal, and by a token of their own.
    own = f"Authorization: Bearer {world.identity.log_in(MARLENE, 'buergeramt')}"
    own = call(["curl", "-sf", f"{world.at['buergeramt']}/v1/bookings", "-H", own])
    [booking] = [it for it in json.loads(own)["bookings"] if it["status"] == "confirmed"]
    assert booking["booked_by"]["name"] == "My desk", booking
    browser, start = requests.Session(), f"{world.portal}/en/login/start?back=/en/appointments"
    _, page = world.identity.walk(browser, start, MARLENE)
    detail = f"{world.portal}/en/buergeramt/appointments/{booking['id']}"
    for text in (page, browser.get(detail, timeout=5).text):
        assert re.search("Booked for you by .?My desk", text), text
    print("ok  the portal tells the person who booked")
    # And authlib's token, which is refused elsewhere, gives the appointment up.
    token = program.exchange(program.log_in(MARLENE), "buergeramt")
    cancel = lambda place, **sent: requests.post(f"{place}/v1/bookings/{booking['id']}/cancel", timeout=5, **sent).json()
    elsewhere = cancel(world.at["kfz"], auth=token)
    assert elsewhere["code"] == "wrong-audience", elsewhere
    stolen = cancel(world.at["buergeramt"], headers={"Authorization": f"Bearer {token.token}"})
    assert stolen["code"] == "invalid-token", stolen
    done = cancel(world.at["buergeramt"], auth=token)
    assert done["status"] == "cancelled", done
    print("ok  authlib exchanges tokens, and cancels for the person")


def document(world):
    file = folder / "slot.json"
    file.write_text(call(["curl", "-sf", f"{world.at['buergeramt']}/openapi.json"]))
    return file


def python_client(world, file):
    generator = [str(environment / "openapi-python-client"), "generate", "--path", str(file)]
    call([*generator, "--output-path", str(folder / "slot_client"), "--meta", "none", "--overwrite"])
    book(world, ERIKA, [sys.executable, folder / "book.py"])


def typescript_client(world, file):
    call(["npx", "openapi-ts", "-i", str(file), "-o", "slot-client", "-c", "@hey-api/client-fetch"], cwd=work)
    options = ["--strict", "--target", "es2022", "--module", "commonjs", "--moduleResolution", "node10"]
    call(["npx", "tsc", *options, "--skipLibCheck", "--outDir", "out", "book.ts"], cwd=work)
    book(world, OEZGUER, ["node", work / "out/book.js"])


def book(world, way, program):
    token = world.identity.log_in(way, "buergeramt")
    arguments = [world.at["buergeramt"], token, world.identity.attendee(token)]
    print(call([*map(str, program), *arguments], cwd=folder).strip())


def other_formats(world):
    citizen = world.identity.log_in(OEZGUER, "kfz")
    clerk = world.identity.log_in(KFZ_CLERK, "kfz", "openid desk")
    desk_calendar.run(world.at["kfz"], citizen, world.identity.attendee(citizen), clerk)
    fhir_view.run(world.at["kfz"], citizen)
    erika = world.identity.log_in(ERIKA, "kfz")
    fhir_view.book(world.at["kfz"], erika, world.identity.attendee(erika), "kfz")


def everything(world):
    program = Acting(world.identity, folder / "my-desk.jwk")
    tokens = {
        "on_behalf": program.exchange(program.log_in(OEZGUER), "kfz"),
        "citizen": world.identity.log_in(ERIKA, "kfz"),
        "staff": world.identity.log_in(KFZ_CLERK, "kfz", "openid desk"),
        "agency": world.identity.agency(
            "my-agency", folder / "my-agency.jwk", "kfz", "slots:read entitlements:write events:subscribe"
        ),
    }
    slot, events = world.at["kfz"], world.at["notification"]
    # As another authority runs it: a program of its own that finds its tokens in the environment.
    program = Path(__file__).with_name("contract.py")
    found = {f"{kind.upper()}_TOKEN": getattr(token, "token", token) for kind, token in tokens.items()}
    found |= {"AGENCY_KEY": str(folder / "my-agency.jwk"), "ON_BEHALF_KEY": str(folder / "my-desk.jwk")}
    print(call([sys.executable, program, slot], env=os.environ | found, timeout=600).strip())
    explore.run(explore.grounded_events(events, folder, "kfz"), events, tokens, folder)


quickstart.run(quickstart.commands("connect"), folder)
quickstart.run(quickstart.commands("register"), folder)
with World(folder, folder / "clients.yaml", folder / "acting.yaml") as world:
    authorities.run(world)
    quick_start(world)
    act(world)
    file = document(world)
    # Two generators, two people: neither waits for the other.
    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(make, world, file) for make in (python_client, typescript_client)]:
            done.result()
    other_formats(world)
    everything(world)
