"""Every kind of answer below /fhir of a running demo, as files in a folder. See test.sh."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.with_name("agency")))

import desk_calendar  # noqa: E402
import fhir_view  # noqa: E402
from logins import ERIKA, OEZGUER  # noqa: E402
from world import World  # noqa: E402

work, samples = map(Path, sys.argv[1:])
with World(work) as world:
    base = world.at["kfz"]
    citizen = world.identity.log_in(OEZGUER, "kfz")
    desk_calendar.book(base, citizen, world.identity.attendee(citizen))
    fhir_view.run(base, citizen, samples)
    erika = world.identity.log_in(ERIKA, "kfz")
    fhir_view.book(base, erika, world.identity.attendee(erika), "kfz", samples)
