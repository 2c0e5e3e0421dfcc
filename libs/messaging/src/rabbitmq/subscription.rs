//! Subscriptions: an exclusive queue of this process, which the broker deletes with the connection.
//!
//! No acknowledgements: what is in flight when a connection breaks is lost, which the subscriber
//! makes up for by reading the whole state in `connected`. A durable queue per process would
//! outlive processes that never come back.

use std::time::Duration;

use futures_util::StreamExt as _;
use lapin::{
    Channel, Connection, Consumer,
    options::{BasicConsumeOptions, QueueBindOptions, QueueDeclareOptions},
    types::FieldTable,
};

use super::{Shared, headers, topology};
use crate::{BusError, Subscriber};

/// The first pause; doubles until it succeeds.
const MIN_BACKOFF: Duration = Duration::from_millis(200);
/// Shorter than a consumer's: a subscription misses what is published while it is disconnected.
const MAX_BACKOFF: Duration = Duration::from_secs(2);

impl Shared {
    /// Connects, receives, reconnects, for ever. The queue is bound before `connected` is called,
    /// so nothing falls between reading the state and receiving.
    pub(super) async fn subscribe(&self, patterns: &[String], subscriber: &dyn Subscriber) {
        let mut pause = MIN_BACKOFF;
        loop {
            let error = match self.open_subscription(patterns).await {
                Ok(subscription) => {
                    pause = MIN_BACKOFF;
                    subscriber.connected().await;
                    receive_until_lost(subscription, subscriber).await
                }
                Err(error) => error,
            };
            tracing::warn!(%error, "subscription lost; it reconnects, and misses what is published meanwhile");
            subscriber.disconnected(&error).await;
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(MAX_BACKOFF);
        }
    }

    /// A queue with a name from the broker, bound to `patterns`. It is there once this returns, so
    /// nothing that is published afterwards is missed.
    async fn open_subscription(&self, patterns: &[String]) -> Result<Subscription, BusError> {
        let connection = self.connect().await?;
        let channel = connection.create_channel().await?;
        topology::declare(&channel, &self.namespace).await?;
        let options =
            QueueDeclareOptions { exclusive: true, auto_delete: true, ..Default::default() };
        // An empty name: the broker makes one up.
        let queue = channel.queue_declare("".into(), options, FieldTable::default()).await?;
        for pattern in patterns {
            channel
                .queue_bind(
                    queue.name().clone(),
                    self.namespace.as_str().into(),
                    pattern.as_str().into(),
                    QueueBindOptions::default(),
                    FieldTable::default(),
                )
                .await?;
        }
        let options = BasicConsumeOptions { no_ack: true, exclusive: true, ..Default::default() };
        let name = queue.name().clone();
        let messages =
            channel.basic_consume(name, "".into(), options, FieldTable::default()).await?;
        Ok(Subscription { messages, _channel: channel, _connection: connection })
    }
}

/// Dropping connection or channel would end the consumer.
struct Subscription {
    messages: Consumer,
    _channel: Channel,
    _connection: Connection,
}

/// Hands over each event and gives the reason why it ended. A message that is no event is dropped
/// with an error in the log: there is nowhere to put it.
async fn receive_until_lost(
    mut subscription: Subscription,
    subscriber: &dyn Subscriber,
) -> BusError {
    while let Some(message) = subscription.messages.next().await {
        let message = match message {
            Ok(message) => message,
            Err(error) => return error.into(),
        };
        match headers::event(&message.properties, &message.data) {
            Ok(event) => subscriber.receive(&event).await,
            Err(error) => tracing::error!(%error, "dropped a message that is not an event"),
        }
    }
    BusError("the broker ended the consumer".to_owned())
}
