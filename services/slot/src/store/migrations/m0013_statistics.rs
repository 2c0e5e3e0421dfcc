//! Statistics: what was counted of each day that is over, and the sums of each month.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0013_statistics"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    // Both tables hold nothing that cannot be counted again: rows that are deleted, or were written in
    // another form, are written anew.
    "CREATE TABLE statistics_days (
        date TEXT NOT NULL,
        location TEXT NOT NULL,
        form INTEGER NOT NULL,
        counted_at BIGINT NOT NULL,
        counts TEXT NOT NULL,
        PRIMARY KEY (date, location)
    )",
    "CREATE TABLE statistics_months (
        month TEXT NOT NULL PRIMARY KEY,
        form INTEGER NOT NULL,
        blocks TEXT NOT NULL
    )",
];
