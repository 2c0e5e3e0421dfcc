//! Requests can be pushed, and codes bound to a key. Like an attempt, a pushed request lives for minutes.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use super::columns::{maybe, number, table, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "identity_0007_pushed_requests"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(pushed_requests()).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            let unlogged = "ALTER TABLE pushed_requests SET UNLOGGED";
            manager.get_connection().execute_unprepared(unlogged).await?;
        }
        let mut key = maybe(text("dpop_jkt"));
        let bound = Table::alter().table("codes").add_column(&mut key).to_owned();
        manager.alter_table(bound).await
    }
}

fn pushed_requests() -> TableCreateStatement {
    let columns = vec![text("hash"), text("client"), text("request"), number("expires_at")];
    table("pushed_requests", &["hash"], columns)
}
