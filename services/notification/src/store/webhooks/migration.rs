//! The tables of webhooks.

use sea_orm_migration::prelude::*;

pub(in crate::store) struct CreateWebhooks;

impl MigrationName for CreateWebhooks {
    fn name(&self) -> &'static str {
        "notification_0002_create_webhooks"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CreateWebhooks {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let subscriptions = Table::create()
            .table("webhook_subscriptions")
            .col(text("id").primary_key())
            .col(text("authority"))
            .col(text("client"))
            .col(text("url"))
            // JSON lists; empty means all.
            .col(text("events"))
            .col(text("services"))
            .col(ColumnDef::new("sealed_secrets").binary().not_null())
            .col(text("state"))
            .col(ColumnDef::new("failing_since").big_integer())
            .col(big("created_at"))
            .to_owned();
        manager.create_table(subscriptions).await?;

        let events = Table::create()
            .table("webhook_events")
            .col(big("position").auto_increment().primary_key())
            .col(text("event_id").unique_key())
            .col(text("authority"))
            .col(text("kind"))
            .col(text("services"))
            .col(text("body"))
            .col(big("occurred_at"))
            .to_owned();
        manager.create_table(events).await?;

        let deliveries = Table::create()
            .table("webhook_deliveries")
            .col(text("subscription_id"))
            .col(big("position"))
            .col(text("state"))
            .col(big("due_at"))
            .col(ColumnDef::new("attempts").integer().not_null())
            .col(ColumnDef::new("outcome").text())
            .primary_key(Index::create().col("subscription_id").col("position"))
            .to_owned();
        manager.create_table(deliveries).await?;
        let due = Index::create()
            .name("webhook_deliveries_due")
            .table("webhook_deliveries")
            .col("state")
            .col("due_at")
            .to_owned();
        manager.create_index(due).await
    }
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

fn big(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().to_owned()
}
