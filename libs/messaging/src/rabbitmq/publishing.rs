//! Publishing with confirms.
//!
//! A confirm of a quorum queue means that a majority of its replicas have written the message
//! (RabbitMQ, "Publisher Confirms"). A message that no queue is bound to is confirmed too:
//! therefore each connection declares the queues that must get every event before it publishes.
//!
//! One connection for all publishers of the process, one batch at a time: order within a batch is
//! the order of sending.

use std::time::Duration;

use futures_util::future::join_all;
use lapin::{
    Channel, Confirmation, Connection,
    options::{BasicPublishOptions, ConfirmSelectOptions},
};
use tokio::time::timeout;

use super::{Shared, headers, topology};
use crate::{BusError, Event, Unconfirmed};

/// How long the broker may take to confirm a batch, a new connection for it included: one that has
/// just started accepts connections before it answers. Shorter than PostgreSQL's timeout for the
/// relay's transaction, which is idle meanwhile (10 s; see `libs/store`).
const CONFIRM_TIMEOUT: Duration = Duration::from_secs(8);

/// The publishing connection with its channel in confirm mode.
///
/// Used up at the first failure, and made anew by the next call.
pub(super) struct PublishChannel {
    connection: Connection,
    channel: Channel,
}

/// One message on its way: to the exchange, or straight into a queue.
pub(super) struct Outgoing<'a> {
    /// What is carried.
    pub(super) event: &'a Event,
    /// The queue's full name, or `None` for the exchange.
    pub(super) queue: Option<String>,
    /// From 1.
    pub(super) attempt: u32,
    /// Why the attempt before failed; no personal data.
    pub(super) reason: Option<&'a str>,
}

impl Shared {
    /// To the exchange, which routes each event to every queue that is bound to its kind. The
    /// outcomes come in the order of `events`.
    pub(super) async fn publish(&self, events: &[Event]) -> Vec<Result<(), Unconfirmed>> {
        let outgoing: Vec<Outgoing<'_>> = events
            .iter()
            .map(|event| Outgoing { event, queue: None, attempt: 1, reason: None })
            .collect();
        self.send(&outgoing).await
    }

    /// Sends in order, then waits for all confirms. Any failure closes the connection: the next
    /// call starts with a fresh one.
    pub(super) async fn send(&self, outgoing: &[Outgoing<'_>]) -> Vec<Result<(), Unconfirmed>> {
        let mut slot = self.publisher.lock().await;
        let sending = async {
            let link = self.link(&mut slot).await?;
            link.send(&self.namespace, outgoing).await
        };
        let outcomes = in_time(sending)
            .await
            .unwrap_or_else(|error| vec![Err(Unconfirmed(error.0)); outgoing.len()]);
        let broken = |outcome: &Result<(), Unconfirmed>| outcome.is_err();
        // Another connection to a blocked broker would be blocked too.
        let blocked = slot.as_ref().is_some_and(|link| link.connection.status().blocked());
        if !blocked && outcomes.iter().any(broken) {
            *slot = None;
        }
        outcomes
    }

    /// Connects if need be and asks whether the broker takes messages: a memory or disk alarm
    /// blocks publishers ("Connection Blocked Notifications") while consumers go on.
    pub(super) async fn check(&self) -> Result<(), BusError> {
        let mut slot = self.publisher.lock().await;
        in_time(self.link(&mut slot)).await?.refuse_if_blocked()
    }

    /// The open channel, or a new one with what it needs declared.
    async fn link<'a>(
        &self,
        slot: &'a mut Option<PublishChannel>,
    ) -> Result<&'a mut PublishChannel, BusError> {
        let usable = |link: &PublishChannel| {
            link.connection.status().connected() && link.channel.status().connected()
        };
        if let Some(link) = slot.take().filter(usable) {
            return Ok(slot.insert(link));
        }
        let connection = self.connect().await?;
        let channel = connection.create_channel().await?;
        topology::declare(&channel, &self.namespace).await?;
        channel.confirm_select(ConfirmSelectOptions::default()).await?;
        Ok(slot.insert(PublishChannel { connection, channel }))
    }
}

impl PublishChannel {
    /// A broker that is short of memory or disk stops reading from publishers, so a message would
    /// hang until the timeout.
    fn refuse_if_blocked(&self) -> Result<(), BusError> {
        if self.connection.status().blocked() {
            return Err(BusError("the broker takes no messages (memory or disk alarm)".to_owned()));
        }
        Ok(())
    }

    async fn send(
        &self,
        namespace: &str,
        outgoing: &[Outgoing<'_>],
    ) -> Result<Vec<Result<(), Unconfirmed>>, BusError> {
        self.refuse_if_blocked()?;
        let mut confirms = Vec::with_capacity(outgoing.len());
        for message in outgoing {
            confirms.push(self.send_one(namespace, message).await);
        }
        Ok(join_all(confirms.into_iter().map(confirmed)).await)
    }

    /// Hands one message to the socket. Its confirm comes later, by the promise that is returned.
    async fn send_one(
        &self,
        namespace: &str,
        message: &Outgoing<'_>,
    ) -> lapin::Result<lapin::PublisherConfirm> {
        // The default exchange (no name) delivers to the queue that the routing key names.
        let (exchange, key) = match &message.queue {
            Some(queue) => ("", queue.clone()),
            None => (namespace, message.event.routing_key()),
        };
        self.channel
            .basic_publish(
                exchange.into(),
                key.into(),
                BasicPublishOptions::default(),
                &message.event.data,
                headers::properties(message.event, message.attempt, message.reason),
            )
            .await
    }
}

/// A broker that hangs looks like one that is away: the relay keeps its events and tries again.
async fn in_time<T>(work: impl Future<Output = Result<T, BusError>>) -> Result<T, BusError> {
    let outcome = timeout(CONFIRM_TIMEOUT, work).await;
    outcome.unwrap_or_else(|_| Err(BusError("no answer in time".to_owned())))
}

/// A refusal (nack) concerns this message alone, for example because its queue is full.
async fn confirmed(sent: lapin::Result<lapin::PublisherConfirm>) -> Result<(), Unconfirmed> {
    let unconfirmed = |error: lapin::Error| Unconfirmed(error.to_string());
    match sent.map_err(unconfirmed)?.await.map_err(unconfirmed)? {
        Confirmation::Ack(_) => Ok(()),
        Confirmation::Nack(_) => Err(Unconfirmed("refused by the broker".to_owned())),
        Confirmation::NotRequested => Err(Unconfirmed("no confirm mode".to_owned())),
    }
}
