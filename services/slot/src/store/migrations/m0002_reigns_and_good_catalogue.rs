//! Which process acts alone, and the catalogue that was last in force.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0002_reigns_and_good_catalogue"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    "CREATE TABLE reigns (
        name TEXT NOT NULL PRIMARY KEY,
        term BIGINT NOT NULL,
        holder TEXT NOT NULL,
        until BIGINT NOT NULL
    )",
    "INSERT INTO reigns (name, term, holder, until) VALUES ('jobs', 0, '', 0)",
    // At most one row.
    "CREATE TABLE good_catalogue (
        id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
        text TEXT NOT NULL,
        applied_at BIGINT NOT NULL
    )",
];
