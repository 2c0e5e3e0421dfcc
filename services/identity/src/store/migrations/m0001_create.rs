//! People, log-ins and sessions, cases and the audit log.

use sea_orm_migration::prelude::*;

use super::columns::{bytes, flag, maybe, number, table, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "identity_0001_create"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in
            [persons(), name_claims(), login_keys(), name_locks(), contacts(), acquaintances()]
        {
            manager.create_table(table).await?;
        }
        for table in
            [attempts(), sessions(), codes(), refresh_tokens(), used_once(), cases(), audit()]
        {
            manager.create_table(table).await?;
        }
        for (table, column) in [
            ("name_claims", "person"),
            ("login_keys", "person"),
            ("sessions", "person"),
            ("sessions", "provider_subject"),
            ("sessions", "provider_session"),
            ("attempts", "expires_at"),
            ("sessions", "expires_at"),
            ("codes", "expires_at"),
            ("audit", "subject"),
            ("cases", "subject"),
            ("acquaintances", "pseudonym"),
        ] {
            let name = format!("{table}_{column}");
            manager
                .create_index(Index::create().name(name).table(table).col(column).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn persons() -> TableCreateStatement {
    table("persons", &["id"], vec![text("id"), number("created_at")])
}

/// Which person claims which fingerprint, and how it was proven. `form` is `full` or `weaker`.
fn name_claims() -> TableCreateStatement {
    let columns = vec![
        text("fingerprint"),
        text("person"),
        text("form"),
        text("level"),
        number("created_at"),
    ];
    table("name_claims", &["fingerprint", "person"], columns)
}

fn login_keys() -> TableCreateStatement {
    let columns = vec![
        text("provider"),
        text("login_key"),
        text("person"),
        text("level"),
        flag("suspended"),
        number("created_at"),
        number("last_used_at"),
    ];
    table("login_keys", &["provider", "login_key"], columns)
}

fn name_locks() -> TableCreateStatement {
    table("name_locks", &["fingerprint"], vec![text("fingerprint"), number("touched_at")])
}

fn contacts() -> TableCreateStatement {
    let columns = vec![text("person"), bytes("sealed_email"), number("changed_at")];
    table("contacts", &["person"], columns)
}

/// The authorities that know a person, the pseudonym there, and the version of the contact sent.
fn acquaintances() -> TableCreateStatement {
    let columns =
        vec![text("person"), text("authority"), text("pseudonym"), maybe(number("contact_of"))];
    table("acquaintances", &["person", "authority"], columns)
}

fn attempts() -> TableCreateStatement {
    let columns = vec![
        text("id"),
        text("browser"),
        text("request"),
        maybe(text("provider")),
        maybe(text("state")).unique_key().take(),
        maybe(text("nonce")),
        maybe(text("verifier")),
        number("expires_at"),
    ];
    table("attempts", &["id"], columns)
}

fn sessions() -> TableCreateStatement {
    let columns = vec![
        text("id"),
        maybe(text("person")),
        maybe(text("staff")),
        text("client"),
        text("provider"),
        text("provider_subject"),
        maybe(text("provider_session")),
        text("level"),
        number("auth_time"),
        bytes("sealed_attributes"),
        text("language"),
        number("expires_at"),
        maybe(number("ended_at")),
    ];
    table("sessions", &["id"], columns)
}

fn codes() -> TableCreateStatement {
    let columns = vec![
        text("hash"),
        text("session"),
        text("client"),
        text("redirect_uri"),
        text("challenge"),
        maybe(text("nonce")),
        text("scope"),
        number("expires_at"),
        maybe(number("used_at")),
    ];
    table("codes", &["hash"], columns)
}

fn refresh_tokens() -> TableCreateStatement {
    let columns =
        vec![text("hash"), text("session"), text("client"), text("scope"), number("expires_at")];
    table("refresh_tokens", &["hash"], columns)
}

/// `status` is the name of `state`, for looking up.
fn cases() -> TableCreateStatement {
    let columns = vec![
        text("code"),
        text("subject"),
        number("opened_at"),
        text("matter"),
        text("status"),
        text("state"),
        bytes("sealed_attributes"),
    ];
    table("cases", &["code"], columns)
}

/// What may be presented only once (`jti` of assertions and log-out tokens), by its hash.
fn used_once() -> TableCreateStatement {
    table("used_once", &["hash"], vec![text("hash"), number("expires_at")])
}

fn audit() -> TableCreateStatement {
    let columns = vec![
        text("id"),
        number("at"),
        text("actor"),
        text("action"),
        text("subject"),
        text("details"),
    ];
    table("audit", &["id"], columns)
}
