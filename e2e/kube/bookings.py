"""Nothing is done twice, though leaders are killed and paused in the middle of their work."""

import datetime
import time

from releases_world import expect

MANY = 500  # as many as one pass closes


def confirmed(day, first, last):
    """Appointments of half an hour at 8 o'clock. Identifiers: a prefix and 26 digits."""
    return f"""
        INSERT INTO bookings (id, code, hold_id, person, service_group, status, location, date, desk, starts_at, ends_at,
                              services, people, channel, language, sequence, series, attendee, created_at, changed_at)
        SELECT 'bkg_' || lpad(n::text, 26, '0'),
               -- Eight of an alphabet without look-alikes.
               translate(lpad(n::text, 8, '0'), '0123456789', 'ACDEFGHJKL'),
               'hld_' || lpad(n::text, 26, '0'), 'psn_' || lpad(n::text, 26, '0'), 'beratung', 'confirmed',
               'rathaus', '{day}', 0, (extract(epoch FROM '{day} 08:00 Europe/Berlin'::timestamptz) * 1000)::bigint,
               (extract(epoch FROM '{day} 08:30 Europe/Berlin'::timestamptz) * 1000)::bigint,
               '["beratung"]', 1, 'public', 'de', 0, 'bkg_' || lpad(n::text, 26, '0'), '\\x00', 0, 0
        FROM generate_series({first}, {last}) AS n
    """


# What keeps the seat of each booking; the first one has it.
SEATED = """
    INSERT INTO reservations (id, kind, location, desk, date, starts_at, ends_at, booking_id, person, service_group, created_at)
    SELECT 'rsv_' || substr(id, 5), 'booking', location, desk, date, starts_at, ends_at, id, person, service_group, created_at
    FROM bookings ON CONFLICT DO NOTHING
"""


CLOSED = "SELECT count(*) FROM audit WHERE action = 'booking.closed'"


def closed_once(world, office, release):
    holder = lambda: world.lease(release).spec.holder_identity or ""
    leads = lambda: [replica for replica in office.replicas if replica.number("leader_term")]
    world.until("one leads", lambda: len(leads()) == 1 and holder().startswith(leads()[0].pod), 30)
    first = leads()[0]
    [second] = [replica for replica in office.replicas if replica is not first]
    world.step("two replicas contend for the Lease: one leads, and the Lease says which")

    # Of two days ago, and nobody ended them at the desk.
    office.sql(confirmed(datetime.date.today() - datetime.timedelta(days=2), 1, MANY))
    office.replicas.remove(first)
    first.kill()
    began, closed = time.monotonic(), lambda: int(office.sql(CLOSED))
    world.until("the other leads", lambda: closed() > 0, 30)
    world.step(f"the leader was killed: the other one does its work {time.monotonic() - began:.0f} s later")

    second.pause()
    before = closed()
    expect(before < MANY, "it was not paused in the middle")
    third = office.start()
    began = time.monotonic()
    world.until("the third leads", lambda: third.number("leader_term"), 40)
    world.until("all are closed", lambda: closed() == MANY, 30)
    took = time.monotonic() - began
    second.go_on()
    world.until("it knows that it lost", lambda: second.number("leader_term") == 0, 20)
    # It was in the middle of a transaction, which PostgreSQL ended, or before the next, which the fence refused.
    world.until("it tried to go on and was refused", lambda: second.logged("this change is dropped")
                or second.logged("cannot close past bookings"))
    twice = office.sql("SELECT count(*) - count(DISTINCT subject) FROM audit WHERE action = 'booking.closed'")
    expect((closed(), twice) == (MANY, "0"), f"{closed()} closed, {twice} of them again")
    still = office.sql("SELECT count(*) FROM bookings WHERE status = 'confirmed'")
    expect(still == "0", f"{still} are still open")
    world.step(f"the next leader was paused after {before} of {MANY} appointments: another closed the rest "
               f"within {took:.0f} s; woken up it was fenced off, and each was closed once")
