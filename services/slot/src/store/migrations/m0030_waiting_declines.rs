//! What people declined on waiting lists counts after they left, too.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0030_waiting_declines"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    // `declines`: how many offers were declined or lapsed. `at`: the last of them. `lost_at`: when they cost the
    // place last.
    "CREATE TABLE waiting_declines (
        person TEXT NOT NULL,
        service TEXT NOT NULL,
        declines INTEGER NOT NULL,
        lost_at BIGINT,
        at BIGINT NOT NULL,
        PRIMARY KEY (person, service)
    )",
    "INSERT INTO waiting_declines (person, service, declines, lost_at, at) \
     SELECT person, service, MAX(declines), MAX(CASE WHEN status = 'ended' \
     AND reason IN ('declines', 'silence') THEN changed_at END), MAX(changed_at) \
     FROM waiting_entries WHERE declines > 0 \
     OR (status = 'ended' AND reason IN ('declines', 'silence')) GROUP BY person, service",
];
