//! Events from the outbox to RabbitMQ, against a bare publisher of the same messages.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use ambient::{SystemClock, SystemEntropy};
use lapin::{
    BasicProperties, Channel, Connection, ConnectionProperties,
    options::{BasicPublishOptions, ConfirmSelectOptions, QueuePurgeOptions},
    types::{AMQPValue, FieldTable},
};
use messaging::{Bus as _, Event, Outbox, RabbitMq, Relay, Wake};
use store::Database;

use crate::{
    Failure, Run,
    report::{Report, Row, median},
    service::Slot,
};

const ROUNDS: usize = 9;
const EVENTS: usize = 20_000;
/// As many as the relay takes at once.
const BATCH: usize = 1024;
const SIZE: usize = 400;
const NAMESPACE: &str = "bench";

/// Both wait for the broker's confirms, batch by batch; ours reads the events from PostgreSQL and
/// removes them.
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    // Its database has an outbox, and its own relay is off.
    let slot = Slot::start(run, "relay", 1).await?;
    let database = Database::connect(&slot.database).await?;
    let bus = Arc::new(RabbitMq::in_namespace(&run.rabbitmq, "bench", NAMESPACE));
    bus.ping().await?;
    let connection = Connection::connect(&run.rabbitmq, ConnectionProperties::default()).await?;
    let channel = connection.create_channel().await?;
    channel.confirm_select(ConfirmSelectOptions::default()).await?;
    let wake = Wake::default();
    let relay = tokio::spawn(Relay::new(database.clone(), bus, wake.clone()).run());

    let (mut ratios, mut ours, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let bare = publish(&channel).await?;
        fill(&database).await?;
        let began = Instant::now();
        wake.wake();
        until_empty(&database).await?;
        let relayed = EVENTS as f64 / began.elapsed().as_secs_f64();
        let queue = format!("{NAMESPACE}.notification");
        channel.queue_purge(queue.into(), QueuePurgeOptions::default()).await?;
        if round > 0 {
            ratios.push(relayed / bare);
            ours.push(relayed);
            theirs.push(bare);
        }
    }
    relay.abort();
    report.add(Row {
        name: "outbox to RabbitMQ / bare publisher with confirms".to_owned(),
        ratio: median(ratios),
        target: 0.8,
        at_least: true,
        detail: format!("{:.0} / {:.0} per s", median(ours), median(theirs)),
    });
    Ok(())
}

async fn publish(channel: &Channel) -> Result<f64, Failure> {
    let (payload, properties) = ([7; SIZE], properties());
    let began = Instant::now();
    for batch in 0..EVENTS.div_ceil(BATCH) {
        let mut confirms = Vec::with_capacity(BATCH);
        for _ in batch * BATCH..EVENTS.min((batch + 1) * BATCH) {
            let properties = properties.clone();
            let options = BasicPublishOptions::default();
            let key = "bench.booking-cancelled.v1".into();
            confirms.push(
                channel.basic_publish(NAMESPACE.into(), key, options, &payload, properties).await?,
            );
        }
        for confirm in confirms {
            confirm.await?;
        }
    }
    Ok(EVENTS as f64 / began.elapsed().as_secs_f64())
}

/// What ours look like too: the attributes of a CloudEvent, as headers.
fn properties() -> BasicProperties {
    let mut headers = FieldTable::default();
    for (name, value) in [
        ("specversion", "1.0"),
        ("id", "evt_01m8eyg2q4yxrx52g50e4jes5k"),
        ("source", "urn:fairtermin:authority:bench"),
        ("type", "fairtermin.booking.v1.BookingCancelled"),
        ("subject", "4711"),
        ("time", "2027-01-04T08:00:00.123Z"),
        ("dataschema", "urn:fairtermin:schema:fairtermin.booking.v1.BookingCancelled"),
    ] {
        let value = AMQPValue::LongString(value.into());
        headers.insert(format!("cloudEvents_{name}").into(), value);
    }
    headers.insert("x-attempt".into(), AMQPValue::LongUInt(1));
    BasicProperties::default()
        .with_content_type("application/protobuf".into())
        .with_delivery_mode(2)
        .with_message_id("evt_01m8eyg2q4yxrx52g50e4jes5k".into())
        .with_headers(headers)
}

/// Stores the events in one transaction, so that the relay sees them all at once.
async fn fill(database: &Database) -> Result<(), Failure> {
    let transaction = database.begin().await?;
    for batch in 0..EVENTS.div_ceil(BATCH) {
        let events: Vec<_> = (batch * BATCH..EVENTS.min((batch + 1) * BATCH))
            .map(event)
            .collect::<Result<_, _>>()?;
        Outbox::enqueue_all(&transaction, &events).await?;
    }
    transaction.commit().await?;
    Ok(())
}

fn event(number: usize) -> Result<Event, Failure> {
    let authority = "bench".parse()?;
    let message = proto::booking::v1::BookingCancelled::default();
    let event = Event::new(&authority, number, &message, &SystemClock, &SystemEntropy);
    Ok(Event { data: vec![7; SIZE], ..event })
}

async fn until_empty(database: &Database) -> Result<(), Failure> {
    while Outbox::waiting(database).await? > 0 {
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    Ok(())
}
