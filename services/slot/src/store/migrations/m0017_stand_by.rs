//! People of a waiting list who can come at once get offers at short notice.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0017_stand_by"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    // Until the end of this local day.
    "ALTER TABLE waiting_entries ADD COLUMN stand_by TEXT",
    "CREATE INDEX waiting_entries_stand_by ON waiting_entries (stand_by)
        WHERE stand_by IS NOT NULL AND status IN ('waiting', 'offered', 'asked')",
    "ALTER TABLE waiting_offers ADD COLUMN notice TEXT NOT NULL DEFAULT 'usual'
        CHECK (notice IN ('usual', 'short'))",
];
