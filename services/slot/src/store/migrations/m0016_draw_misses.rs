//! People who went without in a draw choose earlier in the next one.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0016_draw_misses"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    // `misses`: draws of the service without a seat since the last one with a seat. `at`: the last of them.
    "CREATE TABLE draw_misses (
        person TEXT NOT NULL,
        service TEXT NOT NULL,
        misses INTEGER NOT NULL,
        at BIGINT NOT NULL,
        PRIMARY KEY (person, service)
    )",
];
