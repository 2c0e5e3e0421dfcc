//! The schema.

use messaging::CreateOutbox;
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// All migrations of this service, in order.
pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(CreateOutbox),
            Box::new(CreateIdentity),
            Box::new(AddEmailClaims),
            Box::new(LightenAttempts),
            Box::new(ProvenOnly),
            Box::new(EndingsAndDesks),
            Box::new(messaging::IndexOutbox),
            Box::new(ProvisionalPersons),
            Box::new(PushedRequests),
            Box::new(Standing),
            Box::new(EndedTokens),
        ]
    }
}

struct CreateIdentity;

impl MigrationName for CreateIdentity {
    fn name(&self) -> &'static str {
        "identity_0001_create"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CreateIdentity {
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

/// An attempt lives for minutes, and a person who loses theirs logs in again. So PostgreSQL need not flush
/// it to the disk three times a log-in: an unlogged table is empty after a crash.
struct LightenAttempts;

impl MigrationName for LightenAttempts {
    fn name(&self) -> &'static str {
        "identity_0003_lighten_attempts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for LightenAttempts {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            let unlogged = "ALTER TABLE attempts SET UNLOGGED";
            manager.get_connection().execute_unprepared(unlogged).await?;
        }
        let state =
            Index::create().name("attempts_state").table("attempts").col("state").to_owned();
        manager.create_index(state).await
    }
}

struct AddEmailClaims;

impl MigrationName for AddEmailClaims {
    fn name(&self) -> &'static str {
        "identity_0002_email_claims"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddEmailClaims {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(email_claims()).await?;
        // Whether the person chose the address themselves, and not their provider.
        let mut chosen = flag("chosen").default(false).take();
        manager
            .alter_table(Table::alter().table("contacts").add_column(&mut chosen).to_owned())
            .await
    }
}

/// Names count once they are proven, and what a session said is kept as evidence of its person.
/// Accounts with unproven names that lost that name start again.
struct ProvenOnly;

impl MigrationName for ProvenOnly {
    fn name(&self) -> &'static str {
        "identity_0004_proven_only"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ProvenOnly {
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

/// What ended is listed, programs can be withdrawn, and cases belong to an authority.
struct EndingsAndDesks;

impl MigrationName for EndingsAndDesks {
    fn name(&self) -> &'static str {
        "identity_0005_endings_and_desks"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for EndingsAndDesks {
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

/// Whoever opens a case is somebody meanwhile.
struct ProvisionalPersons;

impl MigrationName for ProvisionalPersons {
    fn name(&self) -> &'static str {
        "identity_0006_provisional_persons"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ProvisionalPersons {
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

/// Requests can be pushed, and codes bound to a key. Like attempts, a pushed request lives for minutes.
struct PushedRequests;

impl MigrationName for PushedRequests {
    fn name(&self) -> &'static str {
        "identity_0007_pushed_requests"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for PushedRequests {
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

/// A person who was dissolved in another one is marked, and each merge and split of a person counts.
struct Standing;

impl MigrationName for Standing {
    fn name(&self) -> &'static str {
        "identity_0008_standing"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Standing {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut column in [maybe(text("dissolved_in")), number("changes").default(0).take()] {
            let added = Table::alter().table("persons").add_column(&mut column).to_owned();
            manager.alter_table(added).await?;
        }
        Ok(())
    }
}

/// Programs can give back tokens that belong to no log-in. There are few: each goes when it would have expired.
struct EndedTokens;

impl MigrationName for EndedTokens {
    fn name(&self) -> &'static str {
        "identity_0009_ended_tokens"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for EndedTokens {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![text("id"), number("ended_at")];
        manager.create_table(table("ended_tokens", &["id"], columns)).await
    }
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

fn maybe(mut column: ColumnDef) -> ColumnDef {
    column.null().take()
}

fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).binary().not_null().take()
}

fn flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().take()
}

fn table(
    name: &'static str,
    key: &[&'static str],
    columns: Vec<ColumnDef>,
) -> TableCreateStatement {
    let mut table = Table::create().table(name).to_owned();
    for column in columns {
        table.col(column);
    }
    let mut primary = Index::create();
    for column in key {
        primary.col(*column);
    }
    table.primary_key(&mut primary).to_owned()
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

/// Every program that was ever in the settings. `withdrawn` names the actor, if it is.
fn clients() -> TableCreateStatement {
    let columns = vec![text("id"), maybe(text("withdrawn")), maybe(number("revoked_at"))];
    table("clients", &["id"], columns)
}

fn name_locks() -> TableCreateStatement {
    table("name_locks", &["fingerprint"], vec![text("fingerprint"), number("touched_at")])
}

fn contacts() -> TableCreateStatement {
    let columns = vec![text("person"), bytes("sealed_email"), number("changed_at")];
    table("contacts", &["person"], columns)
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

fn pushed_requests() -> TableCreateStatement {
    let columns = vec![text("hash"), text("client"), text("request"), number("expires_at")];
    table("pushed_requests", &["hash"], columns)
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
