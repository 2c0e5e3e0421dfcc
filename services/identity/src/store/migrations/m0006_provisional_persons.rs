//! A person whose log-in opened a case is a provisional person until the case is settled.

use sea_orm_migration::prelude::*;

use super::columns::{maybe, table, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "identity_0006_provisional_persons"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let doubts = table("doubts", &["person"], vec![text("person"), text("doubt")]);
        manager.create_table(doubts).await?;
        for (table, column) in
            [("cases", "provisional"), ("sessions", "case_code"), ("sessions", "doubt")]
        {
            let mut column = maybe(text(column));
            let added = Table::alter().table(table).add_column(&mut column).to_owned();
            manager.alter_table(added).await?;
        }
        let index =
            Index::create().name("cases_provisional").table("cases").col("provisional").to_owned();
        manager.create_index(index).await
    }
}
