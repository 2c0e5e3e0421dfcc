//! Listening: a queue of this process alone, which the broker deletes with the connection.

use std::time::Duration;

use futures_util::StreamExt as _;
use lapin::{
    Channel, Connection, Consumer,
    options::{BasicConsumeOptions, QueueBindOptions, QueueDeclareOptions},
    types::FieldTable,
};

use super::{Shared, headers, topology};
use crate::{BusError, Listen};

const SHORTEST_PAUSE: Duration = Duration::from_millis(200);
/// Whoever listens wants to know soon, so the broker is asked again more often than by a consumer.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

impl Shared {
    pub(super) async fn listen(&self, patterns: &[String], listener: &dyn Listen) {
        let mut pause = SHORTEST_PAUSE;
        loop {
            let error = match self.tune_in(patterns).await {
                Ok(tuned_in) => {
                    pause = SHORTEST_PAUSE;
                    listener.tuned_in().await;
                    hear_until_lost(tuned_in, listener).await
                }
                Err(error) => error,
            };
            tracing::warn!(%error, "listening stopped");
            listener.lost(&error).await;
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    async fn tune_in(&self, patterns: &[String]) -> Result<TunedIn, BusError> {
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
        Ok(TunedIn { messages, _channel: channel, _connection: connection })
    }
}

/// Dropping connection or channel would end the consumer.
struct TunedIn {
    messages: Consumer,
    _channel: Channel,
    _connection: Connection,
}

async fn hear_until_lost(mut tuned_in: TunedIn, listener: &dyn Listen) -> BusError {
    while let Some(message) = tuned_in.messages.next().await {
        let message = match message {
            Ok(message) => message,
            Err(error) => return error.into(),
        };
        match headers::event(&message.properties, &message.data) {
            Ok(event) => listener.hear(&event).await,
            Err(error) => tracing::error!(%error, "a message that is no event was not heard"),
        }
    }
    BusError("the broker ended the consumer".to_owned())
}
