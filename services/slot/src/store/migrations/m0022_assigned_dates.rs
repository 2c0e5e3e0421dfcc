//! Dates that an office gave to applications on file.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0022_assigned_dates"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    // Its person is the entitlement's, once somebody proves that.
    "CREATE TABLE assigned_dates (
        id TEXT NOT NULL PRIMARY KEY,
        entitlement_id TEXT NOT NULL,
        reservation_id TEXT NOT NULL,
        hold_id TEXT NOT NULL,
        status TEXT NOT NULL
            CHECK (status IN ('open', 'accepted', 'declined', 'lapsed', 'withdrawn')),
        service TEXT NOT NULL,
        location TEXT NOT NULL,
        desk INTEGER NOT NULL,
        starts_at BIGINT NOT NULL,
        ends_at BIGINT NOT NULL,
        people INTEGER NOT NULL,
        made_at BIGINT NOT NULL,
        answer_by BIGINT NOT NULL,
        booking_id TEXT,
        changed_at BIGINT NOT NULL
    )",
    // One application, one date.
    "CREATE UNIQUE INDEX assigned_dates_one ON assigned_dates (entitlement_id)
        WHERE status = 'open'",
    "CREATE INDEX assigned_dates_entitlement ON assigned_dates (entitlement_id, made_at)",
    "CREATE INDEX assigned_dates_ending ON assigned_dates (answer_by) WHERE status = 'open'",
];
