//! Waiting lists: who waits, what was offered, by which key the places of a day are drawn.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0010_waiting_list"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, WAITING_LIST).await
    }
}

const WAITING_LIST: &[&str] = &[
    // `day` and `place` are the order: first by day of joining, then by what the day's key makes of
    // the person. `wishes` and `attendee` are encrypted. `replaces`: the appointment for which an
    // earlier one is waited for. `answer_by`: until when the person can confirm that they still
    // wait.
    "CREATE TABLE waiting_entries (
        id TEXT NOT NULL PRIMARY KEY,
        service TEXT NOT NULL,
        service_group TEXT NOT NULL,
        person TEXT NOT NULL,
        status TEXT NOT NULL
            CHECK (status IN ('waiting', 'offered', 'asked', 'booked', 'ended')),
        hold_id TEXT NOT NULL,
        people INTEGER NOT NULL,
        level TEXT NOT NULL,
        language TEXT NOT NULL,
        booked_by TEXT,
        doubt TEXT,
        replaces TEXT,
        day TEXT NOT NULL,
        place TEXT NOT NULL,
        wishes {bytes} NOT NULL,
        attendee {bytes} NOT NULL,
        declines INTEGER NOT NULL,
        answer_by BIGINT,
        reason TEXT,
        joined_at BIGINT NOT NULL,
        changed_at BIGINT NOT NULL
    )",
    // One human, one place in a group of services.
    "CREATE UNIQUE INDEX waiting_entries_one ON waiting_entries (person, service_group)
        WHERE status IN ('waiting', 'offered', 'asked')",
    // Nor two while it is unresolved whether two persons are one human.
    "CREATE UNIQUE INDEX waiting_entries_one_in_doubt ON waiting_entries (doubt, service_group)
        WHERE status IN ('waiting', 'offered', 'asked')",
    "CREATE INDEX waiting_entries_line ON waiting_entries (day, place) WHERE status = 'waiting'",
    "CREATE INDEX waiting_entries_service ON waiting_entries (service, day, place)
        WHERE status IN ('waiting', 'offered', 'asked')",
    // `token_hash`: SHA-256 of the token in the message.
    "CREATE TABLE waiting_offers (
        id TEXT NOT NULL PRIMARY KEY,
        entry_id TEXT NOT NULL,
        reservation_id TEXT NOT NULL,
        status TEXT NOT NULL
            CHECK (status IN ('open', 'accepted', 'declined', 'lapsed', 'withdrawn')),
        service TEXT NOT NULL,
        location TEXT NOT NULL,
        desk INTEGER NOT NULL,
        starts_at BIGINT NOT NULL,
        ends_at BIGINT NOT NULL,
        token_hash TEXT NOT NULL,
        made_at BIGINT NOT NULL,
        valid_until BIGINT NOT NULL,
        booking_id TEXT,
        changed_at BIGINT NOT NULL
    )",
    "CREATE UNIQUE INDEX waiting_offers_one ON waiting_offers (entry_id) WHERE status = 'open'",
    "CREATE UNIQUE INDEX waiting_offers_token ON waiting_offers (token_hash)",
    "CREATE INDEX waiting_offers_ending ON waiting_offers (valid_until) WHERE status = 'open'",
    // The random key of a day, encrypted.
    "CREATE TABLE waiting_days (
        day TEXT NOT NULL PRIMARY KEY,
        secret {bytes} NOT NULL
    )",
    // The waiting list comes first: a returning seat with this service returns to nobody else.
    "ALTER TABLE reservations ADD COLUMN waiting_list TEXT",
    "CREATE INDEX reservations_waiting_list ON reservations (starts_at)
        WHERE waiting_list IS NOT NULL",
];
