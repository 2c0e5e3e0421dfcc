//! Entries that ended before the list of their draw was closed.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0019_draw_ends"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    // By ticket, without the person: the receipt names the ticket.
    "CREATE TABLE draw_ends (
        draw_id TEXT NOT NULL,
        serial TEXT NOT NULL,
        revision BIGINT NOT NULL,
        at BIGINT NOT NULL,
        why TEXT NOT NULL,
        PRIMARY KEY (draw_id, serial)
    )",
];
