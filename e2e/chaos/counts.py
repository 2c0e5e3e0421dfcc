"""What is counted when all is quiet again. Each is a promise, and may not be broken once."""

from collections import namedtuple

# name, how many there were, whether one is already too many
Count = namedtuple("Count", "name number is_mistake")

ACTIVE = "('confirmed', 'checked_in', 'called', 'parked')"
TOLD = "('confirmed', 'rebooked', 'cancelled')"
BOOKING_EVENTS = "kind IN ('fairtermin.booking.v1.BookingConfirmed', 'fairtermin.booking.v1.BookingRebooked', \
'fairtermin.booking.v1.BookingCancelled')"

OVERLAPPING = f"""SELECT count(*) FROM bookings a JOIN bookings b
    ON a.location = b.location AND a.desk = b.desk AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
    WHERE a.status IN {ACTIVE} AND b.status IN {ACTIVE}"""
TWICE_BOOKED = f"""SELECT count(*) FROM (SELECT person FROM bookings WHERE status IN {ACTIVE}
    GROUP BY person, service_group HAVING count(*) > 1) AS twice"""
# A series is an appointment with its moves: an event for each, and one if it was given up in the end.
EVENTS = f"""WITH expected AS (SELECT series, count(*) + count(*) FILTER (WHERE status = 'cancelled') AS events
        FROM bookings GROUP BY series),
    found AS (SELECT subject, count(*) AS events FROM published_events WHERE {BOOKING_EVENTS} GROUP BY subject)
    SELECT coalesce(sum(greatest(coalesce(expected.events, 0) - coalesce(found.events, 0), 0)), 0),
        coalesce(sum(greatest(coalesce(found.events, 0) - coalesce(expected.events, 0), 0)), 0)
    FROM expected FULL JOIN found ON series = subject"""


def waiting(installation):
    """What is still on its way, by name; empty when all is quiet."""
    left = {
        "events of slot in the outbox": len(installation.rows("lea", "SELECT 1 FROM outbox")),
        "events of identity in the outbox": len(installation.rows("identity", "SELECT 1 FROM outbox")),
        "events in queues": len(unhandled(installation)),
        "e-mails": len(installation.rows("notification", f"SELECT 1 FROM messages WHERE kind IN {TOLD} AND state = 'waiting'")),
    }
    return {name: number for name, number in left.items() if number}


def published(installation, database, condition="true"):
    return {it for it, in installation.rows(database, f"SELECT event_id FROM published_events WHERE {condition}")}


def unhandled(installation):
    """Events that the broker took over and notification never handled."""
    sent = published(installation, "lea") | published(installation, "identity")
    return sent - {it for it, in installation.rows("notification", "SELECT event_id FROM inbox")}


def counts(installation, ledger):
    rows = installation.rows
    status = dict(rows("lea", "SELECT id, status FROM bookings"))
    certain = ledger.confirmed - ledger.ended - ledger.doubtful
    (missing, surplus), = rows("lea", EVENTS)
    mailed = [it for it, in rows("notification", f"SELECT event_id FROM messages WHERE kind IN {TOLD} AND state = 'sent'")]
    told = published(installation, "lea", BOOKING_EVENTS)
    delivered, = rows("notification", f"SELECT count(*) FROM mailbox JOIN messages ON id = message_id WHERE kind IN {TOLD}")
    return [
        Count("answers", ledger.said["answered"], False),
        Count("times told to try again", ledger.said["told to try again"], False),
        Count("connections that broke", ledger.said["no answer, asked again"], False),
        Count("bookings and moves that were confirmed", len(ledger.confirmed), False),
        Count("bookings in the database", len(status), False),
        Count("events of bookings", len(told), False),
        Count("answers 5xx other than 503", ledger.said["5xx other than 503"], True),
        Count("services that ended by themselves", sum(it.ended for it in installation.services.values()), True),
        Count("doubles: bookings that overlap at a desk", int(rows("lea", OVERLAPPING)[0][0]), True),
        Count("doubles: people with two bookings in a group", int(rows("lea", TWICE_BOOKED)[0][0]), True),
        Count("lost: confirmed, and not in the database", len(ledger.confirmed - status.keys()), True),
        Count("lost: confirmed, and no longer in force", sum(status.get(it) != "confirmed" for it in certain), True),
        Count("lost: given up, and still in force", sum(status.get(it) == "confirmed" for it in ledger.ended), True),
        Count("lost: changes without their event", int(missing), True),
        Count("twice: events without a change", int(surplus), True),
        Count("lost: events that notification never handled", len(unhandled(installation)), True),
        Count("lost: events without their e-mail", len(told - set(mailed)), True),
        Count("twice: e-mails about one event", int(delivered[0]) - len(set(mailed)), True),
    ]
