//! Whatever keeps a seat is a row of one table, in which no two overlap.
//!
//! # The constraint
//! On PostgreSQL an exclusion constraint over the box that a seat makes in a plane: time upwards,
//! desks side by side. A desk's place is a hash of location and desk (`hashtextextended`, which
//! PostgreSQL keeps stable since it partitions tables by it), of which a `float8` holds 53 bits: among ten
//! thousand desks the chance is one in 10^8 that two share a place, and these two would then
//! refuse each other's times. Boxes that touch overlap, so a seat ends half a millisecond early.
//!
//! Measured on PostgreSQL 15 with 100,000 random seats of 704 desks, microseconds per row besides
//! the table's own, on two busy cores:
//!
//! | kind | us |
//! |---|---|
//! | box, GiST (this one) | 46 |
//! | six rows of (location, desk, unit) with a primary key, as before | 100 and more |
//! | `btree_gist` on location, desk and `int8range` | 143 |
//! | `int8range` shifted by the desk's number, GiST | 200 |
//! | a range of text, GiST | 460 |
//! | `int8range` shifted, SP-GiST | 14, but rows that come in the order of time take seconds each |
//!
//! In a whole confirm beside a million reservations, the statement that takes the seat (with its
//! looks for closed days and dissolved persons) took 1.4 to 1.7 times as long as the one that adds
//! the booking; the six rows took about as long as that one. A day with 17,000 reservations is read
//! from its index in 5 ms, with a join to the bookings it took a second and more.
//!
//! It needs no extension. SQLite has one writer: there a trigger looks for an overlap.
//!
//! # Upgrade
//! The version before cannot run beside this one: it reads and writes tables that are gone.
//! Bookings that overlap another one at their desk, which earlier versions let happen when a grid
//! changed, stay bookings; the one that was made first has the seat.

use sea_orm::{ConnectionTrait as _, DbBackend};
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0004_reservations"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, BOOKINGS).await?;
        super::run(manager, RESERVATIONS).await?;
        super::run(manager, PEOPLE).await?;
        match manager.get_database_backend() {
            DbBackend::Postgres => super::run(manager, MOVE_ON_POSTGRES).await?,
            _ => super::run(manager, MOVE_ON_SQLITE).await?,
        }
        super::run(manager, CONTRACT).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            // The planner knows nothing yet of tables that were filled a moment ago.
            manager.get_connection().execute_unprepared("ANALYZE reservations").await?;
        }
        Ok(())
    }
}

const BOOKINGS: &[&str] = &[
    // JSON: what location, address and services were called when it was booked.
    "ALTER TABLE bookings ADD COLUMN texts TEXT",
    // How sure the log-in was by which it was booked.
    "ALTER TABLE bookings ADD COLUMN level TEXT NOT NULL DEFAULT 'basic'",
    "ALTER TABLE bookings ADD COLUMN held_at BIGINT NOT NULL DEFAULT 0",
    "UPDATE bookings SET held_at = created_at",
    // For the job that closes past bookings.
    "CREATE INDEX bookings_ending ON bookings (status, ends_at)",
    "CREATE INDEX idempotency_at ON idempotency (at)",
];

const RESERVATIONS: &[&str] = &[
    // `person` and `service_group` say which person it counts for: for a booking as long as that is active, which
    // a trigger copies from the booking, so that a day is read from one index. `date` is the local day on which it begins. `opens` and `latest` say between which moments a
    // returning seat becomes free; the actual one is random and stored nowhere.
    "CREATE TABLE reservations (
        id TEXT NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL
            CHECK (kind IN ('booking', 'offer', 'draw_pool', 'returning', 'closed')),
        location TEXT NOT NULL,
        desk INTEGER NOT NULL,
        date TEXT NOT NULL,
        starts_at BIGINT NOT NULL,
        ends_at BIGINT NOT NULL,
        booking_id TEXT,
        person TEXT,
        service_group TEXT,
        opens BIGINT,
        latest BIGINT,
        valid_until BIGINT,
        created_at BIGINT NOT NULL,
        CHECK (starts_at < ends_at),
        CHECK ((kind = 'booking') <= (booking_id IS NOT NULL)),
        CHECK ((kind = 'returning') = (opens IS NOT NULL AND latest IS NOT NULL)),
        CHECK ((kind = 'offer') = (valid_until IS NOT NULL)),
        CHECK (kind <> 'offer' OR person IS NOT NULL),
        CHECK (kind IN ('booking', 'offer') OR person IS NULL),
        CHECK ((person IS NULL) = (service_group IS NULL))
    )",
    "CREATE INDEX reservations_returning ON reservations (latest) WHERE kind = 'returning'",
    "CREATE INDEX reservations_offers ON reservations (valid_until) WHERE kind = 'offer'",
    // One human, one offer in a group of services.
    "CREATE UNIQUE INDEX reservations_one_offer ON reservations (person, service_group)
        WHERE kind = 'offer'",
    // Days on which nothing is confirmed any more, whatever the catalogue of a process says.
    "CREATE TABLE closings (
        location TEXT NOT NULL,
        date TEXT NOT NULL,
        at BIGINT NOT NULL,
        PRIMARY KEY (location, date)
    )",
];

const PEOPLE: &[&str] = &[
    "CREATE TABLE history (
        id TEXT NOT NULL PRIMARY KEY,
        person TEXT NOT NULL,
        service_group TEXT NOT NULL,
        kind TEXT NOT NULL
            CHECK (kind IN ('hold_abandoned', 'cancelled', 'moved', 'missed')),
        at BIGINT NOT NULL,
        starts_at BIGINT NOT NULL,
        seat_minutes INTEGER NOT NULL,
        returned_by BIGINT NOT NULL,
        cause TEXT NOT NULL CHECK (cause IN ('person', 'authority')),
        lifted_at BIGINT,
        lifted_by TEXT,
        lift_reason TEXT
    )",
    "CREATE INDEX history_person ON history (person, at)",
    "CREATE INDEX history_at ON history (at)",
    // Pseudonyms of dissolved persons; `kept` is never one of them.
    "CREATE TABLE merged_persons (
        dissolved TEXT NOT NULL PRIMARY KEY,
        kept TEXT NOT NULL,
        at BIGINT NOT NULL
    )",
    "CREATE INDEX merged_persons_kept ON merged_persons (kept)",
];

const MOVE_ON_POSTGRES: &[&str] = &[
    // All that rebuild and sweep read of a day, side by side: rows that were booked months apart
    // lie far from each other in the table.
    "CREATE INDEX reservations_day ON reservations (date, location)
        INCLUDE (id, kind, desk, starts_at, ends_at, latest, valid_until, person, service_group)",
    "CREATE FUNCTION bind_by_booking() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        UPDATE reservations SET
            person = CASE WHEN NEW.status IN ('confirmed', 'checked_in', 'called', 'parked')
                THEN NEW.person END,
            service_group = CASE WHEN NEW.status IN ('confirmed', 'checked_in', 'called', 'parked')
                THEN NEW.service_group END
        WHERE id = 'rsv_' || substr(NEW.id, 5) AND kind = 'booking';
        RETURN NULL;
    END $$",
    "CREATE TRIGGER bookings_bind AFTER UPDATE OF status, person, service_group ON bookings
        FOR EACH ROW WHEN (OLD.status <> NEW.status OR OLD.person <> NEW.person
            OR OLD.service_group <> NEW.service_group)
        EXECUTE FUNCTION bind_by_booking()",
    "ALTER TABLE reservations ADD CONSTRAINT reservations_no_overlap EXCLUDE USING gist (box(
        point(hashtextextended(location, desk)::float8, starts_at::float8),
        point(hashtextextended(location, desk)::float8, ends_at::float8 - 0.5)) WITH &&)",
    BOOKED,
    RETURNING,
    "INSERT INTO history (id, person, service_group, kind, at, starts_at, seat_minutes,
            returned_by, cause)
        SELECT 'hst_0' || substr(md5(person || '/' || service_group), 1, 25),
            person, service_group, 'missed', missed_at, missed_at, 0, missed_at, 'person'
        FROM misses",
];

const MOVE_ON_SQLITE: &[&str] = &[
    "CREATE INDEX reservations_day ON reservations (date, location)",
    "CREATE TRIGGER bookings_bind AFTER UPDATE OF status, person, service_group ON bookings
        BEGIN UPDATE reservations SET
            person = CASE WHEN NEW.status IN ('confirmed', 'checked_in', 'called', 'parked')
                THEN NEW.person END,
            service_group = CASE WHEN NEW.status IN ('confirmed', 'checked_in', 'called', 'parked')
                THEN NEW.service_group END
        WHERE id = 'rsv_' || substr(NEW.id, 5) AND kind = 'booking'; END",
    "CREATE INDEX reservations_desk ON reservations (location, desk, starts_at)",
    // While rows move over, what overlaps is passed by.
    "CREATE TRIGGER reservations_move BEFORE INSERT ON reservations
        WHEN EXISTS (SELECT 1 FROM reservations AS other
            WHERE other.location = NEW.location AND other.desk = NEW.desk
            AND other.starts_at < NEW.ends_at AND NEW.starts_at < other.ends_at)
        BEGIN SELECT RAISE(IGNORE); END",
    BOOKED,
    RETURNING,
    "DROP TRIGGER reservations_move",
    "CREATE TRIGGER reservations_no_overlap BEFORE INSERT ON reservations
        WHEN EXISTS (SELECT 1 FROM reservations AS other
            WHERE other.location = NEW.location AND other.desk = NEW.desk
            AND other.starts_at < NEW.ends_at AND NEW.starts_at < other.ends_at)
        BEGIN SELECT RAISE(ABORT, 'reservations_no_overlap'); END",
    "CREATE TRIGGER reservations_no_overlap_after BEFORE UPDATE OF location, desk, starts_at, ends_at
        ON reservations
        WHEN EXISTS (SELECT 1 FROM reservations AS other
            WHERE other.location = NEW.location AND other.desk = NEW.desk AND other.id <> NEW.id
            AND other.starts_at < NEW.ends_at AND NEW.starts_at < other.ends_at)
        BEGIN SELECT RAISE(ABORT, 'reservations_no_overlap'); END",
    "INSERT INTO history (id, person, service_group, kind, at, starts_at, seat_minutes,
            returned_by, cause)
        SELECT 'hst_0' || substr(lower(hex(randomblob(13))), 1, 25),
            person, service_group, 'missed', missed_at, missed_at, 0, missed_at, 'person'
        FROM misses",
];

/// The first booking keeps the seat. A served or missed booking keeps its own as a record.
const BOOKED: &str = "INSERT INTO reservations
        (id, kind, location, desk, date, starts_at, ends_at, booking_id, person, service_group,
        created_at)
    SELECT 'rsv_' || substr(id, 5), 'booking', location, desk, date, starts_at, ends_at, id,
        CASE WHEN status IN ('confirmed', 'checked_in', 'called', 'parked') THEN person END,
        CASE WHEN status IN ('confirmed', 'checked_in', 'called', 'parked') THEN service_group END,
        created_at
    FROM bookings WHERE status NOT IN ('cancelled', 'rebooked') AND starts_at < ends_at
    ORDER BY created_at, id
    ON CONFLICT DO NOTHING";

/// The moments that were drawn become the latest ones.
const RETURNING: &str = "INSERT INTO reservations
        (id, kind, location, desk, date, starts_at, ends_at, booking_id, opens, latest, created_at)
    SELECT 'rsv_' || substr(bookings.id, 5), 'returning', bookings.location, bookings.desk,
        bookings.date, bookings.starts_at, bookings.ends_at, bookings.id,
        CASE WHEN bookings.changed_at < release_at THEN bookings.changed_at ELSE release_at END,
        release_at, bookings.created_at
    FROM released_seats JOIN bookings ON bookings.id = released_seats.booking_id
    WHERE bookings.starts_at < bookings.ends_at
    ON CONFLICT DO NOTHING";

const CONTRACT: &[&str] = &[
    "DROP TABLE seat_claims",
    "DROP TABLE released_seats",
    "DROP TABLE misses",
    "ALTER TABLE bookings DROP COLUMN start_unit",
    "ALTER TABLE bookings DROP COLUMN units",
];
