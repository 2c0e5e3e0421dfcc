//! Staff enter people without online ID into draws and waiting lists, and phone those without e-mail.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0015_desk_entries"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    // `binding`: what ties it to the person. The version before writes what people do online.
    "ALTER TABLE draw_entries ADD COLUMN binding TEXT NOT NULL DEFAULT 'online'",
    "ALTER TABLE waiting_entries ADD COLUMN binding TEXT NOT NULL DEFAULT 'online'",
    // The office that phones, and the number, encrypted.
    "ALTER TABLE waiting_entries ADD COLUMN phoned_by TEXT",
    "ALTER TABLE waiting_entries ADD COLUMN phone {bytes}",
    "CREATE INDEX waiting_entries_phoned ON waiting_entries (phoned_by)
        WHERE phoned_by IS NOT NULL AND status IN ('offered', 'asked')",
];
