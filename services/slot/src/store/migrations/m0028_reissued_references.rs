//! References that a re-issue made worthless, so that none of them comes into force again.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0028_reissued_references"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    // Keyed hashes, as in `entitlements`.
    "CREATE TABLE reissued_references (
        service TEXT NOT NULL,
        proof {bytes} NOT NULL,
        key_id TEXT,
        entitlement_id TEXT NOT NULL,
        PRIMARY KEY (service, proof)
    )",
];
