//! E-mail addresses that a person stated and has yet to prove.

use sea_orm_migration::prelude::*;

use super::columns::{bytes, flag, maybe, number, table, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "identity_0002_email_claims"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(email_claims()).await?;
        // Whether the person chose the address themselves, and not their provider.
        let mut chosen = flag("chosen").default(false).take();
        manager
            .alter_table(Table::alter().table("contacts").add_column(&mut chosen).to_owned())
            .await
    }
}

/// An address that a person stated and has not proven. Without `sealed_email` only the count of
/// codes sent is kept.
fn email_claims() -> TableCreateStatement {
    let columns = vec![
        text("person"),
        maybe(bytes("sealed_email")),
        maybe(text("code_mac")),
        number("expires_at"),
        number("tries"),
        number("sent"),
        number("sent_at"),
        number("window_began_at"),
    ];
    table("email_claims", &["person"], columns)
}
