//! A queue and a circuit breaker per endpoint.

use sea_orm_migration::prelude::*;

pub(in crate::store) struct IsolateWebhooks;

impl MigrationName for IsolateWebhooks {
    fn name(&self) -> &'static str {
        "notification_0006_isolate_webhooks"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for IsolateWebhooks {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in columns() {
            for mut column in columns {
                // SQLite adds one at a time.
                let table = Table::alter().table(table).add_column(&mut column).to_owned();
                manager.alter_table(table).await?;
            }
        }
        // What was recorded and has no deliveries yet.
        let unplanned = Table::create()
            .table("webhook_unplanned")
            .col(number("position").primary_key())
            .col(text("authority"))
            .to_owned();
        manager.create_table(unplanned).await?;
        // Replays that were asked for with an Idempotency-Key.
        let replays = Table::create()
            .table("webhook_replays")
            .col(text("subscription_id"))
            .col(text("key"))
            .col(text("request"))
            .col(number("replayed"))
            .col(number("next"))
            .col(ColumnDef::new("more").boolean().not_null())
            .col(number("created_at"))
            .primary_key(Index::create().col("subscription_id").col("key"))
            .to_owned();
        manager.create_table(replays).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        let whole =
            Index::drop().name("webhook_deliveries_due").table("webhook_deliveries").to_owned();
        manager.drop_index(whole).await
    }
}

/// Tables and their new columns.
fn columns() -> [(&'static str, Vec<ColumnDef>); 3] {
    let optional_text = |name: &'static str| ColumnDef::new(name).text().to_owned();
    let optional_number = |name: &'static str| ColumnDef::new(name).big_integer().to_owned();
    let zero = |name: &'static str| number(name).default(0).to_owned();
    [
        (
            "webhook_subscriptions",
            vec![
                text("ordering").default("booking").to_owned(),
                // Both or none.
                optional_number("batch_events"),
                optional_number("batch_seconds"),
                ColumnDef::new("sealed_contact").binary().to_owned(),
                // The breaker: see `webhook::health`.
                zero("failures"),
                optional_text("failure_class"),
                optional_number("failure_status"),
                optional_number("failed_at"),
                optional_number("retry_at"),
                optional_number("paused_at"),
                optional_text("pause_reason"),
                // When the notice of a pause is sent next; absent if there is none to send.
                optional_number("notice_due_at"),
                zero("notice_attempts"),
            ],
        ),
        (
            "webhook_events",
            vec![
                text("subject").default("").to_owned(),
                zero("number"),
                optional_number("revision"),
            ],
        ),
        (
            "webhook_deliveries",
            vec![
                text("subject").default("").to_owned(),
                // While an attempt runs, no other process begins one.
                zero("leased_until"),
                optional_number("failing_since"),
            ],
        ),
    ]
}

fn indexes() -> [IndexCreateStatement; 5] {
    let index = |name: &'static str, table: &'static str, columns: &[&'static str]| {
        let mut index = Index::create();
        index.name(name).table(table);
        for column in columns {
            index.col(*column);
        }
        index
    };
    let deliveries = "webhook_deliveries";
    [
        // An endpoint's queue.
        index("webhook_deliveries_queue", deliveries, &["subscription_id", "state", "due_at"]),
        // Whether an earlier event of a booking waits.
        index("webhook_deliveries_order", deliveries, &["subscription_id", "subject", "position"]),
        // When the lease of a killed process ends.
        index("webhook_deliveries_leases", deliveries, &["leased_until"]),
        // What is to be planned for an authority.
        index("webhook_unplanned_queue", "webhook_unplanned", &["authority", "position"]),
        // The greatest number of a booking.
        index("webhook_events_of_subject", "webhook_events", &["subject"]),
    ]
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().to_owned()
}
