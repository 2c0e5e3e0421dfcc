//! Migrations that a service adds to its own list.
//!
//! The tables belong to the service's own database, as its transactions span them. Migrations that
//! were released are never changed: a change is a further one, as [`IndexOutbox`] shows.

use sea_orm_migration::prelude::*;

use super::outbox::LANES;

/// Creates the outbox. Add it to the migrator of a service that publishes.
///
/// Two tables. `outbox` has one row per waiting event; `position` is the order in which they were
/// stored. `outbox_lanes` has one row per lane and is only ever locked, never written.
#[derive(Debug)]
pub struct CreateOutbox;

impl MigrationName for CreateOutbox {
    fn name(&self) -> &'static str {
        "messaging_0001_create_outbox"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CreateOutbox {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let outbox = Table::create()
            .table("outbox")
            .col(ColumnDef::new("position").big_integer().not_null().auto_increment().primary_key())
            .col(ColumnDef::new("lane").small_integer().not_null())
            .col(ColumnDef::new("event_id").text().not_null())
            .col(ColumnDef::new("authority").text().not_null())
            .col(ColumnDef::new("kind").text().not_null())
            .col(ColumnDef::new("subject").text().not_null())
            .col(ColumnDef::new("time").big_integer().not_null())
            .col(ColumnDef::new("traceparent").text())
            .col(ColumnDef::new("data").binary().not_null())
            .to_owned();
        manager.create_table(outbox).await?;

        let lanes = Table::create()
            .table("outbox_lanes")
            .col(ColumnDef::new("lane").small_integer().not_null().primary_key())
            .to_owned();
        manager.create_table(lanes).await?;
        let mut rows = Query::insert();
        rows.into_table("outbox_lanes").columns(["lane"]);
        for lane in 0..LANES {
            rows.values_panic([lane.into()]);
        }
        manager.execute(rows).await
    }
}

/// Creates the inbox. Add it to the migrator of a service that consumes.
///
/// `received_at` is indexed, as old rows are deleted by it.
#[derive(Debug)]
pub struct CreateInbox;

impl MigrationName for CreateInbox {
    fn name(&self) -> &'static str {
        "messaging_0001_create_inbox"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CreateInbox {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let inbox = Table::create()
            .table("inbox")
            .col(ColumnDef::new("queue").text().not_null())
            .col(ColumnDef::new("event_id").text().not_null())
            .col(ColumnDef::new("received_at").big_integer().not_null())
            .primary_key(Index::create().col("queue").col("event_id"))
            .to_owned();
        manager.create_table(inbox).await?;
        let by_age =
            Index::create().name("inbox_received_at").table("inbox").col("received_at").to_owned();
        manager.create_index(by_age).await
    }
}

/// Indexes the outbox by lane, for relays of many lanes with much to do. Add it after what a
/// service has already.
///
/// (`lane`, `position`): a relay then finds the lanes with events, and reads a lane in order,
/// without looking at the rows of the others.
#[derive(Debug)]
pub struct IndexOutbox;

impl MigrationName for IndexOutbox {
    fn name(&self) -> &'static str {
        "messaging_0002_index_outbox"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for IndexOutbox {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by_lane = Index::create()
            .name("outbox_lane")
            .table("outbox")
            .col("lane")
            .col("position")
            .to_owned();
        manager.create_index(by_lane).await
    }
}

/// Creates the table of events that the bus confirmed. Add it after [`IndexOutbox`].
///
/// `published_events` has the columns of `outbox`, and when the bus confirmed the event; it is
/// indexed by that, as events are looked for and deleted by it.
#[derive(Debug)]
pub struct CreatePublishedEvents;

impl MigrationName for CreatePublishedEvents {
    fn name(&self) -> &'static str {
        "messaging_0003_create_published_events"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CreatePublishedEvents {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let published = Table::create()
            .table("published_events")
            .col(ColumnDef::new("position").big_integer().not_null().primary_key())
            .col(ColumnDef::new("lane").small_integer().not_null())
            .col(ColumnDef::new("event_id").text().not_null())
            .col(ColumnDef::new("authority").text().not_null())
            .col(ColumnDef::new("kind").text().not_null())
            .col(ColumnDef::new("subject").text().not_null())
            .col(ColumnDef::new("time").big_integer().not_null())
            .col(ColumnDef::new("traceparent").text())
            .col(ColumnDef::new("data").binary().not_null())
            .col(ColumnDef::new("published_at").big_integer().not_null())
            .to_owned();
        manager.create_table(published).await?;
        let by_age = Index::create()
            .name("published_events_published_at")
            .table("published_events")
            .col("published_at")
            .to_owned();
        manager.create_index(by_age).await
    }
}
