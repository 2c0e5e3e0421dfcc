//! What an operator does with events that were given up.
//!
//! AMQP can only take from the head of a queue, so searching takes messages without acknowledging
//! them; closing the connection puts them back. While one operator looks, another sees an emptier
//! list. RabbitMQ 4.0 to 4.2 count each look as a delivery and by default drop a message after 20
//! ("Poison Message Handling"): set a higher `delivery-limit` for the dead letter queues by a
//! policy there.

use ids::EventId;
use lapin::{
    Channel, Connection,
    message::BasicGetMessage,
    options::{BasicAckOptions, BasicGetOptions},
};

use super::{Shared, headers, publishing::Outgoing, topology};
use crate::{BusError, DeadLetter};

/// Most dead letters that one search looks through.
///
/// Beyond it an event is not found: replay or drop older ones first.
const SEARCH_LIMIT: usize = 10_000;

impl Shared {
    /// At most `limit`, oldest first. What is no event of ours is skipped and stays.
    pub(super) async fn list_dead(
        &self,
        queue: &str,
        limit: usize,
    ) -> Result<Vec<DeadLetter>, BusError> {
        let mut dead = Vec::new();
        self.look_through(queue, limit, |message| {
            dead.extend(dead_letter(message));
            false
        })
        .await?;
        Ok(dead)
    }

    /// Removes it for ever; false if it is not there.
    pub(super) async fn discard_dead(&self, queue: &str, id: EventId) -> Result<bool, BusError> {
        self.take(queue, id, async |_| Ok(())).await
    }

    /// Confirmed in its queue first, then removed here: a crash in between leaves it in both, which
    /// the inbox bears.
    pub(super) async fn replay_dead(&self, queue: &str, id: EventId) -> Result<bool, BusError> {
        let target = topology::queue_name(&self.namespace, queue);
        self.take(queue, id, async |dead| {
            let queue = Some(target.clone());
            let outgoing = Outgoing { event: &dead.event, queue, attempt: 1, reason: None };
            let outcomes = self.send(&[outgoing]).await;
            outcomes.into_iter().collect::<Result<(), _>>().map_err(|error| BusError(error.0))
        })
        .await
    }

    /// Removes the dead letter `id` once `then` succeeded. If that fails it stays where it is.
    async fn take(
        &self,
        queue: &str,
        id: EventId,
        then: impl AsyncFnOnce(&DeadLetter) -> Result<(), BusError>,
    ) -> Result<bool, BusError> {
        let is_it = |message: &BasicGetMessage| {
            dead_letter(message).is_some_and(|dead| dead.event.id == id)
        };
        let search = self.look_through(queue, SEARCH_LIMIT, is_it).await?;
        let Some((message, dead)) = search.found.and_then(|message| {
            let dead = dead_letter(&message)?;
            Some((message, dead))
        }) else {
            return Ok(false);
        };
        then(&dead).await?;
        message.acker.ack(BasicAckOptions::default()).await?;
        // Closing tells when the acknowledgement has arrived.
        search.connection.close(200, "done".into()).await?;
        Ok(true)
    }

    /// Takes messages until `found` says yes. All others return to the queue when the connection
    /// closes.
    async fn look_through(
        &self,
        queue: &str,
        limit: usize,
        mut found: impl FnMut(&BasicGetMessage) -> bool,
    ) -> Result<Search, BusError> {
        let connection = self.connect().await?;
        let channel = connection.create_channel().await?;
        topology::declare(&channel, &self.namespace).await?;
        let name = topology::dead_name(&self.namespace, queue);
        let mut search = Search { found: None, channel, connection };
        for _ in 0..limit {
            let options = BasicGetOptions::default();
            let message = search.channel.basic_get(name.as_str().into(), options).await?;
            let Some(message) = message else { break };
            if found(&message) {
                search.found = Some(message);
                break;
            }
        }
        Ok(search)
    }
}

/// The messages taken in a search belong to its channel; dropping it returns them.
struct Search {
    found: Option<BasicGetMessage>,
    channel: Channel,
    connection: Connection,
}

/// `None` for a message that is no event: it can be neither named nor replayed.
fn dead_letter(message: &BasicGetMessage) -> Option<DeadLetter> {
    Some(DeadLetter {
        event: headers::event(&message.properties, &message.data).ok()?,
        reason: headers::reason(&message.properties),
        attempts: headers::attempt(&message.properties),
    })
}
