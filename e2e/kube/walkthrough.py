"""The chart's README, tried as a new admin would: every change is live within two seconds."""

import datetime
import time

import yaml

import bookings
from clients import Clients
from releases_world import expect, overlay

SOON = 2.0  # seconds
# Berlin's public holidays that have a date.
FIXED = [(1, 1), (3, 8), (5, 1), (10, 3), (12, 25), (12, 26)]


def run(world, office, release):
    monday = next_monday()
    until_noon = lambda replica: (replica.starts(monday) or [""])[-1] == "11:30"
    world.until("availability", lambda: all(until_noon(replica) for replica in office.replicas))

    longer = {"locations": {"rathaus": {"opening": {"woche": {"hours": {"monday": "08:00-16:00"}}}}}}
    change(world, office, release, longer, "change opening hours",
           lambda replica: (replica.starts(monday) or [""])[-1] == "15:30")
    added = {"services": {"ausweis": {"name": {"de": "Ausweis"}, "group": "beratung", "slots": 1}},
             "locations": {"rathaus": {"services": {"ausweis": {}}}}}
    change(world, office, release, added, "add a service",
           lambda replica: (replica.starts(monday, "ausweis") or [""])[-1] == "15:45")
    office.sql(bookings.confirmed(monday, 9001, 9001))
    office.sql(bookings.SEATED)
    close_a_booked_day(world, office, release, monday)
    office.sql("DELETE FROM reservations")
    office.sql("DELETE FROM bookings")
    expect(all(replica.process.poll() is None for replica in office.replicas), "a replica ended")
    refuse(world, office, release, monday)


def change(world, office, release, catalogue, what, live):
    """Checks the change as the README says, upgrades, and waits until every replica shows it."""
    before = write(world, office, release, "before.yaml")
    kept = office.changes
    office.changes = overlay(kept, {"catalogue": catalogue})
    after = write(world, office, release, "after.yaml")
    code, told = office.check(after, "--against", before)
    expect(code == 0 and "gained" in told, told)
    began = time.monotonic()
    world.upgrade(release, office.changes, wait=None)
    upgraded = time.monotonic()
    world.until(what, lambda: all(live(replica) for replica in office.replicas), 30)
    seconds = time.monotonic() - upgraded
    expect(seconds < SOON, f"{what}: live after {seconds:.1f} s")
    would = told.strip().splitlines()[-1]
    world.step(f"{what}: `check` said {would!r}; helm upgrade took {upgraded - began:.1f} s, "
               f"live in both replicas {seconds:.2f} s later")


def close_a_booked_day(world, office, release, monday):
    """Refused while something is booked, unless the closure says that it stays."""
    kept, booking = office.changes, f"rathaus, {monday}: 1 booking"
    told = lambda start: [event for event in world.events(release) if f"{start}: {booking}" in event.message]
    office.changes = overlay(kept, {"catalogue": closure({"date": str(monday)})})
    world.upgrade(release, office.changes, wait=None)
    world.until("refused", lambda: all(replica.number("catalogue_refused") == 1 for replica in office.replicas), 10)
    world.until("Events", lambda: len(told("in the way")) == 2)
    world.step(f"a day on which somebody booked is not closed: {told('in the way')[0].message}")
    office.changes = kept
    stays = closure({"date": str(monday), "keepsBookings": True})
    change(world, office, release, stays, "close a day", lambda replica: replica.starts(monday) == [])
    # Of the replica that put it into force; the other one finds it there.
    world.until("Event", lambda: told("stays"))
    world.step(f"with `keepsBookings` it is, and the Event names the booking: {told('stays')[0].message}")


def closure(ausflug):
    return {"locations": {"rathaus": {"closures": {"ausflug": ausflug}}}}


def refuse(world, office, release, monday):
    good, kept = office.replicas[0].number("catalogue_version"), office.changes
    mistake = {"locations": {"rathaus": {"services": {"ausweiss": {}}}}}
    office.changes = overlay(kept, {"catalogue": mistake})
    code, told = office.check(write(world, office, release, "mistake.yaml"))
    expect(code == 1 and "ausweiss" in told, told)
    world.upgrade(release, office.changes, wait=None)
    world.until("refused", lambda: all(replica.number("catalogue_refused") == 1 for replica in office.replicas), 10)
    expect(all(replica.number("catalogue_version") == good for replica in office.replicas), "it is in force")
    expect(office.replicas[0].starts(monday) == [], "the last good one is not in force")
    warning = lambda: [event for event in world.events(release)
                       if event.reason == "CatalogueRefused" and "ausweiss" in event.message]
    world.until("Events", lambda: len(warning()) == 2)
    event = warning()[0]
    expect(event.type == "Warning", event.type)
    expect(event.involved_object.name == f"{release}-fairtermin-slot-catalogue", event.involved_object)
    world.step(f"a mistake that a schema cannot see: Event and metric in both replicas, the last good one stays: {event.message}")

    replaced = office.replicas.pop()
    clients = Clients(replaced, "/v1/services")
    world.until("requests", lambda: clients.answered > 100)
    expect(replaced.stop() == 0, "it does not end well")
    expect(clients.all_told_to_go(), clients.ends)
    world.step(f"a replica ends: {clients.MANY} clients are told to go, and not one request is dropped")
    newcomer = office.start()
    expect(newcomer.number("catalogue_refused") == 1 and newcomer.number("catalogue_version") == good, "newcomer")
    world.step("a replica that is replaced meanwhile starts with the last good catalogue")

    office.changes = kept
    world.upgrade(release, office.changes, wait=None)
    world.until("repaired", lambda: all(replica.number("catalogue_refused") == 0 for replica in office.replicas), 10)
    world.step("repaired: nothing is refused any more")


def write(world, office, release, name):
    path = office.folder / name
    path.write_text(yaml.safe_dump(world.values(release, office.changes), allow_unicode=True))
    return str(path)


def next_monday():
    """One that is no holiday in Berlin and at least a week ahead."""
    day = datetime.date.today() + datetime.timedelta(days=8)
    while day.weekday() != 0 or (day.month, day.day) in FIXED or easter_monday(day):
        day += datetime.timedelta(days=1)
    return day


def easter_monday(day):
    """Easter Monday and Whit Monday, by the anonymous Gregorian algorithm."""
    a, b, c = day.year % 19, day.year // 100, day.year % 100
    e = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    f = (32 + 2 * (b % 4) + 2 * (c // 4) - e - c % 4) % 7
    g = e + f - 7 * ((a + 11 * e + 22 * f) // 451) + 114
    easter = datetime.date(day.year, g // 31, g % 31 + 1)
    return day in (easter + datetime.timedelta(days=1), easter + datetime.timedelta(days=50))
