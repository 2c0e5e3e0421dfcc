//! A merge of two persons can be undone: what it moved is remembered.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0011_merge_moves"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    // What was the dissolved person's. A booking is named by its series, which a move keeps.
    "CREATE TABLE merge_moves (
        dissolved TEXT NOT NULL,
        kind TEXT NOT NULL
            CHECK (kind IN ('booking', 'entitlement', 'history', 'entry', 'offer', 'person', 'place')),
        id TEXT NOT NULL,
        at BIGINT NOT NULL,
        PRIMARY KEY (dissolved, kind, id)
    )",
    // When identity signed the latest merge or reversal of a person, in seconds: an older one that comes
    // later, or again, changes nothing.
    "CREATE TABLE merge_decisions (
        dissolved TEXT NOT NULL PRIMARY KEY,
        signed_at BIGINT NOT NULL
    )",
];
