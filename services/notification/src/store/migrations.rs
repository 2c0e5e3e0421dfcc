//! The schema.

use ::store::used_once::CreateUsedOnce;
use messaging::CreateInbox;
use sea_orm_migration::prelude::*;

use super::webhooks::{CreateAnswers, CreateWebhooks, IsolateWebhooks};

/// All migrations, oldest first.
pub(crate) struct Migrations;

impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(CreateInbox),
            Box::new(CreateNotification),
            Box::new(CreateWebhooks),
            Box::new(AddAuthority),
            Box::new(OrderWithinAnInstant),
            Box::new(AddTrace),
            Box::new(CreateUsedOnce),
            Box::new(IsolateWebhooks),
            Box::new(CreateAnswers),
        ]
    }
}

struct CreateNotification;

impl MigrationName for CreateNotification {
    fn name(&self) -> &'static str {
        "notification_0001_create"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CreateNotification {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let contacts = Table::create()
            .table("contacts")
            .col(text("pseudonym").primary_key())
            // NULL once the person is forgotten: an older event does not bring the contact back.
            .col(ColumnDef::new("sealed").binary())
            .col(milliseconds("changed_at"))
            .to_owned();
        manager.create_table(contacts).await?;

        let messages = Table::create()
            .table("messages")
            .col(text("id").primary_key())
            .col(text("event_id"))
            .col(text("kind"))
            .col(text("pseudonym"))
            .col(text("booking_id"))
            .col(text("state"))
            // What an event leads to at once goes before what was planned.
            .col(ColumnDef::new("priority").small_integer().not_null())
            .col(milliseconds("due_at"))
            .col(ColumnDef::new("attempts").integer().not_null())
            .col(ColumnDef::new("failure").text())
            .col(milliseconds("created_at"))
            .col(ColumnDef::new("data").binary().not_null())
            .to_owned();
        manager.create_table(messages).await?;
        let indexes = [
            // One message per event and kind.
            index("messages_once", &["event_id", "kind"]).unique().to_owned(),
            index("messages_due", &["state", "priority", "due_at"]),
            index("messages_of_person", &["pseudonym", "state"]),
            index("messages_of_booking", &["booking_id", "state"]),
        ];
        for index in indexes {
            manager.create_index(index).await?;
        }

        let ended = Table::create()
            .table("ended_bookings")
            .col(text("booking_id").primary_key())
            .col(milliseconds("ended_at"))
            .to_owned();
        manager.create_table(ended).await?;

        let mailbox = Table::create()
            .table("mailbox")
            .col(text("message_id").primary_key())
            .col(text("pseudonym"))
            .col(milliseconds("delivered_at"))
            .col(ColumnDef::new("sealed").binary().not_null())
            .to_owned();
        manager.create_table(mailbox).await
    }
}

/// Staff see what could not be delivered for their authority.
struct AddAuthority;

impl MigrationName for AddAuthority {
    fn name(&self) -> &'static str {
        "notification_0003_authority"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddAuthority {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut authority = text("authority").default("").to_owned();
        let table = Table::alter().table("messages").add_column(&mut authority).to_owned();
        manager.alter_table(table).await?;
        manager.create_index(index("messages_of_authority", &["authority", "state"])).await
    }
}

/// Many reminders are due in the same instant: the index holds the whole order, so that taking some
/// of them sorts none.
struct OrderWithinAnInstant;

impl MigrationName for OrderWithinAnInstant {
    fn name(&self) -> &'static str {
        "notification_0004_order_within_an_instant"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for OrderWithinAnInstant {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let whole = index("messages_next", &["state", "priority", "due_at", "id"]);
        manager.create_index(whole).await?;
        manager.drop_index(Index::drop().name("messages_due").table("messages").to_owned()).await
    }
}

/// What is logged of a message belongs to the trace of the request that led to it.
struct AddTrace;

impl MigrationName for AddTrace {
    fn name(&self) -> &'static str {
        "notification_0005_trace"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddTrace {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut traceparent = ColumnDef::new("traceparent").text().to_owned();
        let table = Table::alter().table("messages").add_column(&mut traceparent).to_owned();
        manager.alter_table(table).await
    }
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

fn milliseconds(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().to_owned()
}

fn index(name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table("messages");
    for column in columns {
        index.col(*column);
    }
    index
}
