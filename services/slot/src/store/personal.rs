//! Which tables hold something about a person, column by column. A test compares this with the schema: a
//! new column is told to its person, or it says here why not.

use ::store::personal::{Column, Table};

const ENDED: &str = "the entry or place as it was: it comes back as that if the merge is undone";
const HASH: &str = "a keyed hash: nobody can read anything from it";
const KEY: &str = "names a key of the authority, and nothing about a person";
const SHOWN: &str =
    "name and wishes for the colleague; once approved they stand on the booking, entry or place";
const NOT_YET: &str =
    "would tell of the line before the day is over; then the page of the place has it";
const OTHERS: &str = "names somebody else, too";
const STAFF: &str = "names a member of staff; that the office did it is told";

/// Rows of merges in which the person was kept or dissolved.
const MERGED: &str =
    "dissolved = $1 OR dissolved IN (SELECT dissolved FROM merged_persons WHERE kept = $1)";

/// What the person did, and what was done with what is theirs. Each part finds its rows by an index.
const AUDITED: &str = "id IN (SELECT id FROM audit WHERE subject = $1 \
    UNION SELECT id FROM audit WHERE actor = 'citizen:' || $1 \
    UNION SELECT audit.id FROM audit JOIN bookings ON audit.subject = bookings.id \
        WHERE bookings.person = $1 \
    UNION SELECT audit.id FROM audit JOIN bookings ON audit.subject = bookings.hold_id \
        WHERE bookings.person = $1 \
    UNION SELECT audit.id FROM audit \
        JOIN bookings ON audit.subject = bookings.location || ' ' || bookings.date \
        WHERE bookings.person = $1 AND audit.action = 'bookings.read_day' \
    UNION SELECT audit.id FROM audit JOIN waiting_entries ON audit.subject = waiting_entries.id \
        WHERE waiting_entries.person = $1 \
    UNION SELECT audit.id FROM audit JOIN waiting_offers ON audit.subject = waiting_offers.id \
        JOIN waiting_entries ON waiting_offers.entry_id = waiting_entries.id \
        WHERE waiting_entries.person = $1 \
    UNION SELECT audit.id FROM audit JOIN draw_entries ON audit.subject = draw_entries.id \
        WHERE draw_entries.person = $1 \
    UNION SELECT audit.id FROM audit JOIN assigned_dates ON audit.subject = assigned_dates.id \
        JOIN entitlements ON assigned_dates.entitlement_id = entitlements.id \
        WHERE entitlements.person = $1 \
    UNION SELECT audit.id FROM audit JOIN entitlements ON audit.subject = entitlements.id \
        WHERE entitlements.person = $1)";

/// What is told to a person who asks.
pub const TABLES: &[Table] = &[
    Table {
        name: "bookings",
        kind: "bookings",
        whose: "person = $1",
        columns: &[
            Column::text("id"),
            Column::text("code"),
            Column::text("hold_id"),
            Column::text("person"),
            Column::text("service_group"),
            Column::text("status"),
            Column::text("location"),
            Column::text("date"),
            Column::number("desk"),
            Column::instant("starts_at"),
            Column::instant("ends_at"),
            Column::text("services"),
            Column::number("people"),
            Column::text("channel"),
            Column::text("language"),
            Column::number("sequence"),
            Column::text("replaces"),
            Column::text("series"),
            Column::bytes("attendee"),
            Column::instant("created_at"),
            Column::instant("changed_at"),
            Column::text("texts"),
            Column::text("level"),
            Column::instant("held_at"),
            Column::text("booked_by"),
            Column::left_out("doubt", OTHERS),
            Column::text("binding"),
        ],
    },
    Table {
        name: "history",
        kind: "history",
        whose: "person = $1",
        columns: &[
            Column::text("id"),
            Column::text("person"),
            Column::text("service_group"),
            Column::text("kind"),
            Column::instant("at"),
            Column::instant("starts_at"),
            Column::number("seat_minutes"),
            Column::instant("returned_by"),
            Column::text("cause"),
            Column::instant("lifted_at"),
            Column::left_out("lifted_by", STAFF),
            Column::text("lift_reason"),
        ],
    },
    Table {
        name: "waiting_entries",
        kind: "waiting_entries",
        whose: "person = $1",
        columns: &[
            Column::text("id"),
            Column::text("service"),
            Column::text("service_group"),
            Column::text("person"),
            Column::text("status"),
            Column::text("hold_id"),
            Column::number("people"),
            Column::text("level"),
            Column::text("language"),
            Column::text("booked_by"),
            Column::left_out("doubt", OTHERS),
            Column::text("replaces"),
            Column::text("day"),
            Column::left_out("place", NOT_YET),
            Column::bytes("wishes"),
            Column::bytes("attendee"),
            Column::number("declines"),
            Column::instant("answer_by"),
            Column::text("reason"),
            Column::instant("joined_at"),
            Column::instant("changed_at"),
            Column::text("binding"),
            Column::text("phoned_by"),
            Column::bytes("phone"),
            Column::text("stand_by"),
        ],
    },
    Table {
        name: "waiting_declines",
        kind: "waiting_declines",
        whose: "person = $1",
        columns: &[
            Column::text("person"),
            Column::text("service"),
            Column::number("declines"),
            Column::instant("lost_at"),
            Column::instant("at"),
        ],
    },
    Table {
        name: "waiting_offers",
        kind: "waiting_offers",
        whose: "entry_id IN (SELECT id FROM waiting_entries WHERE person = $1)",
        columns: &[
            Column::text("id"),
            Column::text("entry_id"),
            Column::text("reservation_id"),
            Column::text("status"),
            Column::text("service"),
            Column::text("location"),
            Column::number("desk"),
            Column::instant("starts_at"),
            Column::instant("ends_at"),
            Column::left_out("token_hash", HASH),
            Column::instant("made_at"),
            Column::instant("valid_until"),
            Column::text("booking_id"),
            Column::instant("changed_at"),
            Column::text("notice"),
        ],
    },
    Table {
        name: "assigned_dates",
        kind: "assigned_dates",
        whose: "entitlement_id IN (SELECT id FROM entitlements WHERE person = $1)",
        columns: &[
            Column::text("id"),
            Column::text("entitlement_id"),
            Column::text("reservation_id"),
            Column::text("hold_id"),
            Column::text("status"),
            Column::text("service"),
            Column::text("location"),
            Column::number("desk"),
            Column::instant("starts_at"),
            Column::instant("ends_at"),
            Column::number("people"),
            Column::instant("made_at"),
            Column::instant("answer_by"),
            Column::text("booking_id"),
            Column::instant("changed_at"),
        ],
    },
    Table {
        name: "draw_entries",
        kind: "draw_entries",
        whose: "person = $1",
        columns: &[
            Column::text("id"),
            Column::text("draw_id"),
            Column::text("person"),
            Column::text("service_group"),
            Column::text("status"),
            Column::text("serial"),
            Column::text("hold_id"),
            Column::number("people"),
            Column::text("level"),
            Column::text("language"),
            Column::text("booked_by"),
            Column::left_out("doubt", OTHERS),
            Column::text("entry"),
            Column::bytes("wishes"),
            Column::bytes("attendee"),
            Column::number("turn"),
            Column::text("booking_id"),
            Column::text("reason"),
            Column::instant("entered_at"),
            Column::instant("changed_at"),
            Column::text("binding"),
            Column::bytes("receipt"),
            Column::text("reservation_id"),
            Column::instant("answer_by"),
            Column::text("replaces"),
            Column::text("phoned_by"),
            Column::bytes("phone"),
        ],
    },
    Table {
        name: "draw_misses",
        kind: "draw_misses",
        whose: "person = $1",
        columns: &[
            Column::text("person"),
            Column::text("service"),
            Column::number("misses"),
            Column::instant("at"),
        ],
    },
    Table {
        name: "entitlements",
        kind: "entitlements",
        whose: "person = $1",
        columns: &[
            Column::text("id"),
            Column::text("service"),
            Column::left_out("proof", HASH),
            Column::instant("valid_from"),
            Column::instant("valid_until"),
            Column::text("posted_by"),
            Column::text("person"),
            Column::instant("created_at"),
            Column::text("bound_to"),
            Column::left_out("key_id", KEY),
            Column::number("uses"),
            Column::instant("withdrawn_at"),
        ],
    },
    Table {
        name: "entitlement_holders",
        kind: "entitlement_holders",
        whose: "entitlement_id IN (SELECT id FROM entitlements WHERE person = $1)",
        columns: &[
            Column::text("entitlement_id"),
            Column::left_out("proof", HASH),
            Column::left_out("key_id", KEY),
        ],
    },
    Table {
        name: "reissued_references",
        kind: "reissued_references",
        whose: "entitlement_id IN (SELECT id FROM entitlements WHERE person = $1)",
        columns: &[
            Column::text("service"),
            Column::left_out("proof", HASH),
            Column::left_out("key_id", KEY),
            Column::text("entitlement_id"),
        ],
    },
    Table {
        name: "entitlement_uses",
        kind: "entitlement_uses",
        whose: "entitlement_id IN (SELECT id FROM entitlements WHERE person = $1)",
        columns: &[Column::text("entitlement_id"), Column::text("booking_id")],
    },
    Table {
        name: "claim_tries",
        kind: "claim_tries",
        whose: "person = $1",
        columns: &[Column::text("person"), Column::text("date"), Column::number("tries")],
    },
    Table {
        name: "reservations",
        kind: "reservations",
        whose: "person = $1",
        columns: &[
            Column::text("id"),
            Column::text("kind"),
            Column::text("location"),
            Column::number("desk"),
            Column::text("date"),
            Column::instant("starts_at"),
            Column::instant("ends_at"),
            Column::text("booking_id"),
            Column::text("person"),
            Column::text("service_group"),
            Column::instant("opens"),
            Column::instant("latest"),
            Column::instant("valid_until"),
            Column::instant("created_at"),
            Column::text("draw_id"),
            Column::text("waiting_list"),
        ],
    },
    Table {
        name: "desk_cases",
        kind: "desk_cases",
        whose: "subject = $1 OR subject LIKE '%/' || $1 \
            OR subject IN (SELECT id FROM bookings WHERE person = $1)",
        columns: &[
            Column::text("code"),
            Column::text("act"),
            Column::text("subject"),
            Column::text("location"),
            Column::text("services"),
            Column::instant("starts_at"),
            Column::text("reason"),
            Column::text("hold_id"),
            Column::left_out("attendee", SHOWN),
            Column::left_out("proposed_by", STAFF),
            Column::text("status"),
            Column::left_out("approved_by", STAFF),
            Column::instant("opened_at"),
        ],
    },
    Table {
        name: "merged_persons",
        kind: "merged_persons",
        whose: "dissolved = $1 OR kept = $1",
        columns: &[Column::text("dissolved"), Column::text("kept"), Column::instant("at")],
    },
    Table {
        name: "merge_moves",
        kind: "merge_moves",
        whose: MERGED,
        columns: &[
            Column::text("dissolved"),
            Column::text("kind"),
            Column::text("id"),
            Column::instant("at"),
        ],
    },
    Table {
        name: "merge_ended",
        kind: "merge_ended",
        whose: "person = $1",
        columns: &[
            Column::text("dissolved"),
            Column::text("kind"),
            Column::text("id"),
            Column::text("of_what"),
            Column::text("person"),
            Column::left_out("content", ENDED),
            Column::instant("at"),
        ],
    },
    Table {
        name: "merge_decisions",
        kind: "merge_decisions",
        whose: MERGED,
        columns: &[Column::text("dissolved"), Column::number("signed_at")],
    },
    Table {
        name: "idempotency",
        kind: "idempotency",
        whose: "caller = 'citizen:' || $1",
        columns: &[
            Column::text("caller"),
            Column::text("key"),
            Column::left_out("request", HASH),
            Column::text("answer"),
            Column::instant("at"),
        ],
    },
    Table {
        name: "audit",
        kind: "audit",
        whose: AUDITED,
        columns: &[
            Column::text("id"),
            Column::instant("at"),
            Column::text("actor"),
            Column::text("action"),
            Column::text("subject"),
            Column::text("details"),
        ],
    },
];

/// Tables that hold nothing about a person, and what they hold instead.
#[cfg(test)]
pub const OTHER_TABLES: &[(&str, &str)] = &[
    ("closings", "closed days"),
    ("desk_acts", "counts per day"),
    ("draw_documents", "what is published of draws, without names or pseudonyms"),
    ("draw_ends", "tickets whose entries ended before the freeze, without people"),
    ("draws", "when and how draws are held"),
    ("good_catalogue", "the catalogue"),
    ("inbox", "ids of events"),
    ("log_cosignatures", "what witnesses of the public log signed"),
    ("log_documents", "what is published of draws, and later moves of their seats by turn"),
    ("log_entries", "salted hashes"),
    ("log_head", "the newest checkpoint of the public log"),
    ("log_tiles", "hashes"),
    ("outbox", "events on their way, gone once they are sent"),
    ("outbox_lanes", "numbers of lanes"),
    ("published_events", "events that were sent, gone after `bus.keep_published_days`"),
    ("queue_tickets", "numbers for people without an appointment"),
    ("reigns", "which process leads"),
    ("seaql_migrations", "the version of the schema"),
    ("staff_counts", "counts per member of staff"),
    ("statistics_days", "counts per day, without people"),
    ("statistics_months", "counts per month, without people"),
    ("waiting_days", "the sealed key of a day"),
];
