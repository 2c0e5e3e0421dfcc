//! Names count once they are proven.
//!
//! What a session said is kept as evidence of its person. Accounts with unproven names that lost that name
//! start again.

use sea_orm_migration::prelude::*;

use super::columns::{bytes, maybe, number, table, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "identity_0004_proven_only"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(evidence()).await?;
        let db = manager.get_connection();
        let delete = |table, only| Query::delete().from_table(table).and_where(only).to_owned();
        db.execute(&delete("name_claims", Expr::col("level").eq("basic"))).await?;
        db.execute(&delete("login_keys", Expr::col("suspended").eq(true))).await?;
        let suspended = Table::alter().table("login_keys").drop_column("suspended").to_owned();
        manager.alter_table(suspended).await?;
        let said = Table::alter().table("sessions").drop_column("sealed_attributes").to_owned();
        manager.alter_table(said).await
    }
}

/// What a person proved, at most once per level. `seen_at` is when they were last here.
fn evidence() -> TableCreateStatement {
    let columns = vec![
        text("person"),
        text("level"),
        maybe(text("provider")),
        number("proven_at"),
        number("seen_at"),
        bytes("sealed_attributes"),
    ];
    table("evidence", &["person", "level"], columns)
}
