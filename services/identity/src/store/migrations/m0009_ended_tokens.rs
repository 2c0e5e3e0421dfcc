//! Programs can give back tokens that belong to no log-in.
//!
//! There are few: each row goes when its token would have expired.

use sea_orm_migration::prelude::*;

use super::columns::{number, table, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "identity_0009_ended_tokens"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![text("id"), number("ended_at")];
        manager.create_table(table("ended_tokens", &["id"], columns)).await
    }
}
