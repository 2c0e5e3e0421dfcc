//! Draws of appointments: what was announced, who entered, what came out.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0009_draws"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, DRAWS).await
    }
}

const DRAWS: &[&str] = &[
    // `terms`: what the catalogue said of the service when it was announced. `secrets`: the seeds,
    // encrypted. `ended_at`: nothing is left to be done.
    "CREATE TABLE draws (
        id TEXT NOT NULL PRIMARY KEY,
        service TEXT NOT NULL,
        service_group TEXT NOT NULL,
        status TEXT NOT NULL
            CHECK (status IN ('announced', 'frozen', 'revealed', 'drawn', 'settled', 'void')),
        week TEXT NOT NULL,
        opens BIGINT NOT NULL,
        closes BIGINT NOT NULL,
        slots INTEGER NOT NULL,
        leftover TEXT NOT NULL CHECK (leftover IN ('public', 'desk')),
        terms TEXT NOT NULL,
        secrets {bytes} NOT NULL,
        entered INTEGER,
        served INTEGER,
        ended_at BIGINT,
        changed_at BIGINT NOT NULL
    )",
    "CREATE INDEX draws_unfinished ON draws (closes) WHERE ended_at IS NULL",
    "CREATE INDEX draws_closes ON draws (closes)",
    // Each once, as it is or will be published.
    "CREATE TABLE draw_documents (
        draw_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (draw_id, kind)
    )",
    // `entry` is what will stand in the public list; `wishes` and `attendee` are encrypted.
    "CREATE TABLE draw_entries (
        id TEXT NOT NULL PRIMARY KEY,
        draw_id TEXT NOT NULL,
        person TEXT NOT NULL,
        service_group TEXT NOT NULL,
        status TEXT NOT NULL
            CHECK (status IN ('entered', 'booked', 'without', 'not_booked')),
        serial TEXT NOT NULL,
        hold_id TEXT NOT NULL,
        people INTEGER NOT NULL,
        level TEXT NOT NULL,
        language TEXT NOT NULL,
        booked_by TEXT,
        doubt TEXT,
        entry TEXT NOT NULL,
        wishes {bytes} NOT NULL,
        attendee {bytes} NOT NULL,
        turn INTEGER,
        booking_id TEXT,
        reason TEXT,
        entered_at BIGINT NOT NULL,
        changed_at BIGINT NOT NULL
    )",
    // One human, one entry in a draw, and one in a group of services at a time.
    "CREATE UNIQUE INDEX draw_entries_one ON draw_entries (draw_id, person)",
    // Nor two while it is unresolved whether two persons are one human.
    "CREATE UNIQUE INDEX draw_entries_one_in_doubt ON draw_entries (draw_id, doubt)",
    "CREATE UNIQUE INDEX draw_entries_one_in_group ON draw_entries (person, service_group)
        WHERE status = 'entered'",
    "CREATE UNIQUE INDEX draw_entries_serial ON draw_entries (draw_id, serial)",
    // Which draw a seat is kept for.
    "ALTER TABLE reservations ADD COLUMN draw_id TEXT",
    "CREATE INDEX reservations_pool ON reservations (draw_id, location, desk, starts_at)
        WHERE kind = 'draw_pool'",
];
