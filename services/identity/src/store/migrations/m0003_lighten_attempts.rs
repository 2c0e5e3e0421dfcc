//! Attempts are not flushed to the disk.
//!
//! An attempt lives for minutes, and a person who loses theirs logs in again. PostgreSQL would flush it three
//! times a log-in; an unlogged table is empty after a crash.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "identity_0003_lighten_attempts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            let unlogged = "ALTER TABLE attempts SET UNLOGGED";
            manager.get_connection().execute_unprepared(unlogged).await?;
        }
        let state =
            Index::create().name("attempts_state").table("attempts").col("state").to_owned();
        manager.create_index(state).await
    }
}
