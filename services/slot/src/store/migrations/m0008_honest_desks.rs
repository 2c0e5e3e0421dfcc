//! What a booking rests on, and what staff do that others could be sold.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0008_honest_desks"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    // Without a value a version without this column wrote it: its channel says what it rests on.
    "ALTER TABLE bookings ADD COLUMN binding TEXT",
    // One row per act that takes two members of staff; `services` and `reason` are JSON, `attendee` is
    // encrypted.
    "CREATE TABLE desk_cases (
        code TEXT NOT NULL PRIMARY KEY,
        act TEXT NOT NULL,
        subject TEXT NOT NULL,
        location TEXT NOT NULL,
        services TEXT NOT NULL,
        starts_at BIGINT,
        reason TEXT,
        hold_id TEXT,
        attendee {bytes},
        proposed_by TEXT NOT NULL,
        status TEXT NOT NULL,
        approved_by TEXT,
        opened_at BIGINT NOT NULL
    )",
    "CREATE UNIQUE INDEX desk_cases_subject ON desk_cases (act, subject, proposed_by) WHERE status <> 'done'",
    // Counts per member of staff, against abuse only; deleted after 90 days.
    "CREATE TABLE staff_counts (
        staff TEXT NOT NULL,
        date TEXT NOT NULL,
        act TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (staff, date, act)
    )",
    // Lifted limits and jumps in a queue, without who did them. `service` is empty for lifted limits.
    "CREATE TABLE desk_acts (
        location TEXT NOT NULL,
        date TEXT NOT NULL,
        act TEXT NOT NULL,
        service TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (location, date, act, service)
    )",
];
