//! What exists on the broker. Declared on each connection, so it does not matter which process is
//! first.
//!
//! Declaring is idempotent as long as the arguments are the same; RabbitMQ closes the channel (406,
//! PRECONDITION_FAILED) if they differ. So an argument that has been released is not changed, but a
//! queue with a new name is made, as the retry queues do with their pause in the name.
//!
//! Retries need no plug-in: a message expires in its retry queue and is dead-lettered back into the
//! queue that it came from.

use std::time::Duration;

use lapin::{
    Channel, ExchangeKind,
    options::{ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions},
    types::{AMQPValue, FieldTable, LongString},
};

use crate::{BusError, Queue};

/// Deliveries that ended without an answer (the consumer died) before the message counts as
/// poison.
///
/// `x-delivery-limit` of quorum queues. It is for handlers that kill their process; a handler that
/// fails counts its attempts in a header of ours.
const DELIVERY_LIMIT: i32 = 20;

/// `fairtermin.notification`: where a service's events wait.
pub(super) fn queue_name(namespace: &str, queue: &str) -> String {
    format!("{namespace}.{queue}")
}

/// `fairtermin.notification.retry.10000`: where an event waits out its pause, in milliseconds.
pub(super) fn retry_name(namespace: &str, queue: &str, pause: Duration) -> String {
    format!("{namespace}.{queue}.retry.{}", pause.as_millis())
}

/// `fairtermin.notification.dead`: what was given up. Never expires; an operator empties it.
pub(super) fn dead_name(namespace: &str, queue: &str) -> String {
    format!("{namespace}.{queue}.dead")
}

/// Declares the exchange and the queue that must be there before the first event.
pub(super) async fn declare(channel: &Channel, namespace: &str) -> Result<(), BusError> {
    let options = ExchangeDeclareOptions {
        // Survives a restart of the broker.
        durable: true,
        ..ExchangeDeclareOptions::default()
    };
    channel
        .exchange_declare(namespace.into(), ExchangeKind::Topic, options, FieldTable::default())
        .await?;
    declare_queue(channel, namespace, &Queue::notification()).await
}

/// Declares a queue with its retry queues and its dead letters.
///
/// Dead letters first, so that the queue never refers to one that is missing. Bindings are only
/// added: one that is no longer wanted must be removed by hand.
pub(super) async fn declare_queue(
    channel: &Channel,
    namespace: &str,
    queue: &Queue,
) -> Result<(), BusError> {
    let name = queue_name(namespace, &queue.name);
    let dead = dead_name(namespace, &queue.name);

    declare_one(channel, &dead, quorum()).await?;

    let mut arguments = dead_lettered_to(&dead);
    arguments.insert("x-delivery-limit".into(), DELIVERY_LIMIT.into());
    // Other pods stand by: two consumers at once would break the order per subject.
    arguments.insert("x-single-active-consumer".into(), true.into());
    declare_one(channel, &name, arguments).await?;

    for pause in &queue.pauses {
        let mut arguments = dead_lettered_to(&name);
        let milliseconds = i64::try_from(pause.as_millis()).unwrap_or(i64::MAX);
        arguments.insert("x-message-ttl".into(), milliseconds.into());
        declare_one(channel, &retry_name(namespace, &queue.name, *pause), arguments).await?;
    }
    for pattern in &queue.bindings {
        channel
            .queue_bind(
                name.as_str().into(),
                namespace.into(),
                pattern.as_str().into(),
                QueueBindOptions::default(),
                FieldTable::default(),
            )
            .await?;
    }
    Ok(())
}

/// Durable: the queue is there after a restart of the broker.
async fn declare_one(channel: &Channel, name: &str, arguments: FieldTable) -> Result<(), BusError> {
    channel.queue_declare(name.into(), QueueDeclareOptions::durable(), arguments).await?;
    Ok(())
}

/// A replicated queue: it survives the loss of a node.
fn quorum() -> FieldTable {
    let mut arguments = FieldTable::default();
    arguments.insert("x-queue-type".into(), text("quorum"));
    arguments
}

/// A replicated queue whose expired or refused messages go to the queue `target`, and stay until
/// that has confirmed them (`at-least-once`, which requires `reject-publish`).
fn dead_lettered_to(target: &str) -> FieldTable {
    let mut arguments = quorum();
    arguments.insert("x-dead-letter-exchange".into(), text(""));
    arguments.insert("x-dead-letter-routing-key".into(), text(target));
    arguments.insert("x-dead-letter-strategy".into(), text("at-least-once"));
    arguments.insert("x-overflow".into(), text("reject-publish"));
    arguments
}

/// AMQP has several kinds of text; RabbitMQ wants the long one for arguments.
fn text(text: &str) -> AMQPValue {
    AMQPValue::LongString(LongString::from(text))
}
