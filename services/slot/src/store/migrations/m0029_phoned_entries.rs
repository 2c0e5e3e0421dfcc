//! An office finds the entries whose people it phones without reading all entries.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0029_phoned_entries"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] =
    &["CREATE INDEX draw_entries_phoned ON draw_entries (phoned_by) WHERE phone IS NOT NULL"];
