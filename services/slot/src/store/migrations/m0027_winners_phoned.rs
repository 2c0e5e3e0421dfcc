//! Winners without e-mail are phoned: which office calls an entrant, and where.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0027_winners_phoned"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    "ALTER TABLE draw_entries ADD COLUMN phoned_by TEXT",
    // Encrypted.
    "ALTER TABLE draw_entries ADD COLUMN phone {bytes}",
];
