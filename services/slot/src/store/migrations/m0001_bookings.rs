//! Bookings with the constraints that make a double booking impossible.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0001_bookings"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    // `services` is a JSON array of service ids, `attendee` is encrypted.
    "CREATE TABLE bookings (
        id TEXT NOT NULL PRIMARY KEY,
        code TEXT NOT NULL,
        hold_id TEXT NOT NULL,
        person TEXT NOT NULL,
        service_group TEXT NOT NULL,
        status TEXT NOT NULL,
        location TEXT NOT NULL,
        date TEXT NOT NULL,
        start_unit INTEGER NOT NULL,
        units INTEGER NOT NULL,
        desk INTEGER NOT NULL,
        starts_at BIGINT NOT NULL,
        ends_at BIGINT NOT NULL,
        services TEXT NOT NULL,
        people INTEGER NOT NULL,
        channel TEXT NOT NULL,
        language TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        replaces TEXT,
        series TEXT NOT NULL,
        attendee {bytes} NOT NULL,
        created_at BIGINT NOT NULL,
        changed_at BIGINT NOT NULL
    )",
    "CREATE UNIQUE INDEX bookings_code ON bookings (code)",
    // A hold becomes a booking at most once, however often its token is sent.
    "CREATE UNIQUE INDEX bookings_hold ON bookings (hold_id)",
    // One human, one active booking in a group of services.
    "CREATE UNIQUE INDEX bookings_one_active ON bookings (person, service_group)
        WHERE status IN ('confirmed', 'checked_in', 'called', 'parked')",
    "CREATE INDEX bookings_person ON bookings (person, starts_at)",
    "CREATE INDEX bookings_day ON bookings (location, date)",
    // One row per desk and grid unit of a booking that keeps its seat; `unit_start` is in minutes
    // since the epoch. The primary key is the truth about taken seats.
    "CREATE TABLE seat_claims (
        location TEXT NOT NULL,
        desk INTEGER NOT NULL,
        unit_start BIGINT NOT NULL,
        booking_id TEXT NOT NULL,
        PRIMARY KEY (location, desk, unit_start)
    )",
    // Seats of cancelled bookings that become bookable again at `release_at`.
    "CREATE TABLE released_seats (
        booking_id TEXT NOT NULL PRIMARY KEY,
        location TEXT NOT NULL,
        date TEXT NOT NULL,
        start_unit INTEGER NOT NULL,
        units INTEGER NOT NULL,
        desk INTEGER NOT NULL,
        release_at BIGINT NOT NULL
    )",
    "CREATE INDEX released_seats_day ON released_seats (location, date)",
    "CREATE TABLE audit (
        id TEXT NOT NULL PRIMARY KEY,
        at BIGINT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        details TEXT NOT NULL
    )",
    "CREATE INDEX audit_subject ON audit (subject)",
    // `request` is the SHA-256 of what was asked; `answer` is what was answered, as JSON.
    "CREATE TABLE idempotency (
        caller TEXT NOT NULL,
        key TEXT NOT NULL,
        request {bytes} NOT NULL,
        answer TEXT NOT NULL,
        at BIGINT NOT NULL,
        PRIMARY KEY (caller, key)
    )",
    // `proof` is a keyed hash of reference number and date of birth.
    "CREATE TABLE entitlements (
        id TEXT NOT NULL PRIMARY KEY,
        service TEXT NOT NULL,
        proof {bytes} NOT NULL,
        valid_from BIGINT NOT NULL,
        valid_until BIGINT NOT NULL,
        posted_by TEXT NOT NULL,
        person TEXT,
        created_at BIGINT NOT NULL
    )",
    "CREATE UNIQUE INDEX entitlements_proof ON entitlements (service, proof)",
    "CREATE INDEX entitlements_person ON entitlements (person, service)",
    "CREATE TABLE misses (
        person TEXT NOT NULL,
        service_group TEXT NOT NULL,
        missed_at BIGINT NOT NULL,
        PRIMARY KEY (person, service_group)
    )",
    "CREATE TABLE queue_tickets (
        id TEXT NOT NULL PRIMARY KEY,
        location TEXT NOT NULL,
        date TEXT NOT NULL,
        number INTEGER NOT NULL,
        services TEXT NOT NULL,
        status TEXT NOT NULL,
        issued_at BIGINT NOT NULL,
        changed_at BIGINT NOT NULL
    )",
    "CREATE UNIQUE INDEX queue_tickets_number ON queue_tickets (location, date, number)",
];
