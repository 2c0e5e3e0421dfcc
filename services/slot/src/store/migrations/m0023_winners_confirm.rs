//! Winners of a draw who must confirm: what keeps their seat, until when, and how they answered.

use sea_orm::DbBackend;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0023_winners_confirm"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let statements = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        super::run(manager, statements).await?;
        super::run(manager, BOTH).await
    }
}

const POSTGRES: &[&str] = &["ALTER TABLE draw_entries
        ADD COLUMN reservation_id TEXT,
        ADD COLUMN answer_by BIGINT,
        DROP CONSTRAINT draw_entries_status_check,
        ADD CONSTRAINT draw_entries_status_check CHECK (status IN
            ('entered', 'offered', 'booked', 'without', 'not_booked', 'declined', 'lapsed')),
        ADD CONSTRAINT draw_entries_offered CHECK (status <> 'offered'
            OR (reservation_id IS NOT NULL AND answer_by IS NOT NULL AND turn IS NOT NULL))"];

/// SQLite changes no check of a table: a new one takes its place.
const SQLITE: &[&str] = &[
    "CREATE TABLE draw_entries_confirmed (
        id TEXT NOT NULL PRIMARY KEY,
        draw_id TEXT NOT NULL,
        person TEXT NOT NULL,
        service_group TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN
            ('entered', 'offered', 'booked', 'without', 'not_booked', 'declined', 'lapsed')),
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
        changed_at BIGINT NOT NULL,
        binding TEXT NOT NULL DEFAULT 'online',
        receipt {bytes},
        reservation_id TEXT,
        answer_by BIGINT,
        CHECK (status <> 'offered'
            OR (reservation_id IS NOT NULL AND answer_by IS NOT NULL AND turn IS NOT NULL))
    )",
    "INSERT INTO draw_entries_confirmed
        (id, draw_id, person, service_group, status, serial, hold_id, people, level, language,
        booked_by, doubt, entry, wishes, attendee, turn, booking_id, reason, entered_at, changed_at,
        binding, receipt)
        SELECT id, draw_id, person, service_group, status, serial, hold_id, people, level, language,
        booked_by, doubt, entry, wishes, attendee, turn, booking_id, reason, entered_at, changed_at,
        binding, receipt FROM draw_entries",
    "DROP TABLE draw_entries",
    "ALTER TABLE draw_entries_confirmed RENAME TO draw_entries",
    // As m0009 has them.
    "CREATE UNIQUE INDEX draw_entries_one ON draw_entries (draw_id, person)",
    "CREATE UNIQUE INDEX draw_entries_one_in_doubt ON draw_entries (draw_id, doubt)",
    "CREATE UNIQUE INDEX draw_entries_one_in_group ON draw_entries (person, service_group)
        WHERE status = 'entered'",
    "CREATE UNIQUE INDEX draw_entries_serial ON draw_entries (draw_id, serial)",
];

const BOTH: &[&str] =
    &["CREATE INDEX draw_entries_ending ON draw_entries (answer_by) WHERE status = 'offered'"];
