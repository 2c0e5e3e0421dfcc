//! A reversal of a merge brings back the entry or place that the merge ended.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0021_merge_ended"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    // `of_what`: the draw or the service. `person`: whose it was, who stays or who was dissolved. `content`: the
    // row as JSON, with what is encrypted in it as it was.
    "CREATE TABLE merge_ended (
        dissolved TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('entry', 'place')),
        id TEXT NOT NULL,
        of_what TEXT NOT NULL,
        person TEXT NOT NULL,
        content TEXT NOT NULL,
        at BIGINT NOT NULL,
        PRIMARY KEY (dissolved, kind, id)
    )",
    "CREATE INDEX merge_ended_person ON merge_ended (person)",
    "CREATE INDEX merge_ended_at ON merge_ended (at)",
];
