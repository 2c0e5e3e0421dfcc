//! A person who was dissolved in another one is marked, and each merge and split of a person counts.

use sea_orm_migration::prelude::*;

use super::columns::{maybe, number, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "identity_0008_standing"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut column in [maybe(text("dissolved_in")), number("changes").default(0).take()] {
            let added = Table::alter().table("persons").add_column(&mut column).to_owned();
            manager.alter_table(added).await?;
        }
        Ok(())
    }
}
