//! When a queue ticket was called, and by whom. Calling the next one needs it, to count as a jump.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0012_called_numbers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    // Of the latest call. Without a value a version without this column called it, or nobody.
    "ALTER TABLE queue_tickets ADD COLUMN called_at BIGINT",
    // Only while the number is called: what becomes of it then stands in the audit log.
    "ALTER TABLE queue_tickets ADD COLUMN called_by TEXT",
];
