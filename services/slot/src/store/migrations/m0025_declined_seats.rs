//! What is remembered of a person gets a kind: a drawn seat that was kept for them and not taken.

use sea_orm::DbBackend;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0025_declined_seats"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let statements = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        super::run(manager, statements).await
    }
}

const POSTGRES: &[&str] = &["ALTER TABLE history
        DROP CONSTRAINT history_kind_check,
        ADD CONSTRAINT history_kind_check CHECK (kind IN
            ('hold_abandoned', 'cancelled', 'moved', 'missed', 'seat_declined'))"];

/// SQLite changes no check of a table: a new one takes its place.
const SQLITE: &[&str] = &[
    "CREATE TABLE history_declined (
        id TEXT NOT NULL PRIMARY KEY,
        person TEXT NOT NULL,
        service_group TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN
            ('hold_abandoned', 'cancelled', 'moved', 'missed', 'seat_declined')),
        at BIGINT NOT NULL,
        starts_at BIGINT NOT NULL,
        seat_minutes INTEGER NOT NULL,
        returned_by BIGINT NOT NULL,
        cause TEXT NOT NULL CHECK (cause IN ('person', 'authority')),
        lifted_at BIGINT,
        lifted_by TEXT,
        lift_reason TEXT
    )",
    "INSERT INTO history_declined
        (id, person, service_group, kind, at, starts_at, seat_minutes, returned_by, cause,
        lifted_at, lifted_by, lift_reason)
        SELECT id, person, service_group, kind, at, starts_at, seat_minutes, returned_by, cause,
        lifted_at, lifted_by, lift_reason FROM history",
    "DROP TABLE history",
    "ALTER TABLE history_declined RENAME TO history",
    // As m0004 has them.
    "CREATE INDEX history_person ON history (person, at)",
    "CREATE INDEX history_at ON history (at)",
];
