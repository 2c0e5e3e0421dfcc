"""Everything that another agency does, against a running demo. See test.sh."""

import json
import subprocess
import sys
from pathlib import Path

import desk_calendar
import explore
import fhir_view
import quickstart
from logins import ERIKA, KFZ_CLERK, OEZGUER
from world import World

work, folder = map(Path, sys.argv[1:])
environment = Path(sys.executable).parent


def call(command, **options):
    """Runs a command; fails with what it said."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def quick_start(world):
    commands = quickstart.commands("use")
    places = {"SLOT": world.at["lea"], "EVENTS": world.at["notification"]}
    printed = quickstart.run(commands, folder, **places)
    count = len([line for line in commands.splitlines() if "curl " in line])
    on_file = [json.loads(line) for line in printed.splitlines() if '"created"' in line]
    assert [it["entitlements"][0]["created"] for it in on_file] == [True, False], printed
    assert '"next":' in printed and '"secret":"whsec_' in printed, printed
    print(f"ok  the quick start: {count} calls with curl")


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


def everything(world):
    tokens = {
        "citizen": world.identity.log_in(ERIKA, "kfz"),
        "staff": world.identity.log_in(KFZ_CLERK, "kfz", "openid desk"),
        "agency": world.identity.agency(
            "my-agency", folder / "my-agency.jwk", "kfz", "entitlements:write events:subscribe"
        ),
    }
    slot, events = world.at["kfz"], world.at["notification"]
    explore.run(explore.grounded(slot, folder), slot, tokens, folder)
    explore.run(explore.grounded_events(events, folder, "kfz"), events, tokens, folder)


quickstart.run(quickstart.commands("connect"), folder)
with World(folder, (folder / "clients.yaml").read_text()) as world:
    quick_start(world)
    file = document(world)
    python_client(world, file)
    typescript_client(world, file)
    other_formats(world)
    everything(world)
