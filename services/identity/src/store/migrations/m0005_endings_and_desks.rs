//! What ended is listed, programs can be withdrawn, and cases belong to an authority.

use sea_orm_migration::prelude::*;

use super::columns::{maybe, number, table, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "identity_0005_endings_and_desks"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(clients()).await?;
        // Fingerprints have new rules; an open case is replaced at the next log-in.
        let former = Query::delete().from_table("cases").to_owned();
        manager.get_connection().execute(&former).await?;
        let mut authority = maybe(text("authority"));
        let owned = Table::alter().table("cases").add_column(&mut authority).to_owned();
        manager.alter_table(owned).await?;
        for (name, table, columns) in [
            ("sessions_ended_at", "sessions", &["ended_at"] as &[&'static str]),
            ("audit_actor", "audit", &["actor", "at"] as &[&'static str]),
        ] {
            let mut index = Index::create().name(name).table(table).to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// Every program that was ever in the settings. `withdrawn` names the actor, if it is.
fn clients() -> TableCreateStatement {
    let columns = vec![text("id"), maybe(text("withdrawn")), maybe(number("revoked_at"))];
    table("clients", &["id"], columns)
}
