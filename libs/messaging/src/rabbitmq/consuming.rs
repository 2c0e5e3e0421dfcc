//! Consuming with manual acknowledgement.
//!
//! A message is acknowledged only once its effect is committed or a copy of it is confirmed in a
//! retry queue or among the dead letters. A crash in between delivers it again, and the inbox
//! recognises it.
//!
//! Order: the queue has one active consumer, and messages of one subject pass through one lane
//! here. Failures move behind: the retry queue lets successors overtake.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    time::Duration,
};

use futures_util::{StreamExt as _, future::try_join_all};
use lapin::{
    message::Delivery as Message,
    options::{BasicAckOptions, BasicConsumeOptions, BasicNackOptions, BasicQosOptions},
    types::FieldTable,
};
use tokio::sync::mpsc;

use super::{Shared, headers, publishing::Outgoing, topology};
use crate::{BusError, Deliver, Delivery, Queue, Verdict};

/// Messages that the broker sends ahead.
///
/// `basic.qos`: enough that eight lanes never wait for the network and each has several to handle
/// together, few enough that a crash redelivers little.
const PREFETCH: u16 = 256;
/// The first pause after a lost connection; doubles up to [`MAX_BACKOFF`].
const MIN_BACKOFF: Duration = Duration::from_millis(200);
/// The longest pause. A broker that comes back is noticed within it.
const MAX_BACKOFF: Duration = Duration::from_secs(5);

/// Messages that are worked on at once. Each waits for its commit to reach the disk, and
/// PostgreSQL writes several commits at once if it gets them.
const LANES: usize = 8;
/// Messages of a lane that are handed over together at most: they may share a transaction.
const TOGETHER: usize = 64;

/// Messages about the same subject take the same lane, so that they stay in order.
fn lane(message: &Message) -> usize {
    let mut hasher = DefaultHasher::new();
    headers::subject(&message.properties).hash(&mut hasher);
    (hasher.finish() % LANES as u64) as usize
}

impl Shared {
    /// One connection after the other, for ever. Warns each time, since nothing is handled
    /// meanwhile.
    pub(super) async fn consume(&self, queue: &Queue, deliver: &dyn Deliver) {
        let mut pause = MIN_BACKOFF;
        loop {
            match self.consume_until_lost(queue, deliver, &mut pause).await {
                Ok(()) => tracing::warn!(
                    queue = queue.name,
                    "the broker cancelled the consumer; it reconnects"
                ),
                Err(error) => {
                    tracing::warn!(queue = queue.name, %error, "consumer lost; it reconnects")
                }
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(MAX_BACKOFF);
        }
    }

    /// One connection's worth. `pause` is reset once messages can flow.
    async fn consume_until_lost(
        &self,
        queue: &Queue,
        deliver: &dyn Deliver,
        pause: &mut Duration,
    ) -> Result<(), BusError> {
        let connection = self.connect().await?;
        let channel = connection.create_channel().await?;
        topology::declare(&channel, &self.namespace).await?;
        topology::declare_queue(&channel, &self.namespace, queue).await?;
        channel.basic_qos(PREFETCH, BasicQosOptions::default()).await?;
        let mut messages = channel
            .basic_consume(
                topology::queue_name(&self.namespace, &queue.name).into(),
                // An empty tag: the broker makes one up.
                "".into(),
                BasicConsumeOptions::default(),
                FieldTable::default(),
            )
            .await?;
        tracing::info!(queue = queue.name, "consuming");
        *pause = MIN_BACKOFF;
        let (lanes, waiting): (Vec<_>, Vec<_>) =
            (0..LANES).map(|_| mpsc::unbounded_channel::<Message>()).unzip();
        let share_out = async move {
            while let Some(message) = messages.next().await {
                let message = message?;
                // A lane is gone only when consuming stops altogether.
                let _ = lanes[lane(&message)].send(message);
            }
            Ok(())
        };
        let work = waiting.into_iter().map(async |mut waiting| {
            let mut messages = Vec::new();
            while waiting.recv_many(&mut messages, TOGETHER).await > 0 {
                self.handle(queue, deliver, std::mem::take(&mut messages)).await?;
            }
            Ok::<_, BusError>(())
        });
        tokio::try_join!(share_out, try_join_all(work)).map(drop)
    }

    /// Some messages of one lane, from bytes to acknowledgement. An error ends the connection,
    /// which returns all unacknowledged messages to the queue.
    async fn handle(
        &self,
        queue: &Queue,
        deliver: &dyn Deliver,
        messages: Vec<Message>,
    ) -> Result<(), BusError> {
        let (mut deliveries, mut ackers) = (Vec::new(), Vec::new());
        for message in messages {
            match headers::event(&message.properties, &message.data) {
                Ok(event) => {
                    let attempt = headers::attempt(&message.properties);
                    deliveries.push(Delivery { event, attempt });
                    ackers.push(message.acker);
                }
                Err(error) => {
                    tracing::error!(queue = queue.name, %error, "a message that is not an event is dead-lettered");
                    // Not requeued: the queue's own dead-letter route takes it.
                    message.acker.nack(BasicNackOptions::default()).await?;
                }
            }
        }
        let verdicts = deliver.deliver_all(&deliveries).await;
        for ((delivery, acker), verdict) in deliveries.iter().zip(ackers).zip(verdicts) {
            match verdict {
                Verdict::Done => {}
                Verdict::Retry(reason) => self.retry_later(queue, delivery, &reason).await?,
                Verdict::Poison(reason) => self.put_aside(queue, delivery, &reason).await?,
            }
            // Only now: until here a crash leads to another delivery.
            acker.ack(BasicAckOptions::default()).await?;
        }
        Ok(())
    }

    /// Copies the event into the retry queue of its next pause; after the last one it is put aside.
    async fn retry_later(
        &self,
        queue: &Queue,
        delivery: &Delivery,
        reason: &str,
    ) -> Result<(), BusError> {
        let Some(pause) = queue.pause_after(delivery.attempt) else {
            return self.put_aside(queue, delivery, reason).await;
        };
        let target = topology::retry_name(&self.namespace, &queue.name, pause);
        self.move_to(target, delivery, delivery.attempt + 1, reason).await
    }

    /// Copies the event among the dead letters, with the reason of the last failure.
    async fn put_aside(
        &self,
        queue: &Queue,
        delivery: &Delivery,
        reason: &str,
    ) -> Result<(), BusError> {
        let target = topology::dead_name(&self.namespace, &queue.name);
        self.move_to(target, delivery, delivery.attempt, reason).await
    }

    /// Published by the connection for publishing, with a confirm. Only then may the original be
    /// acknowledged, so an event can be doubled by a crash but not lost.
    async fn move_to(
        &self,
        queue: String,
        delivery: &Delivery,
        attempt: u32,
        reason: &str,
    ) -> Result<(), BusError> {
        let event = &delivery.event;
        let outgoing = Outgoing { event, queue: Some(queue), attempt, reason: Some(reason) };
        let outcomes = self.send(&[outgoing]).await;
        outcomes.into_iter().collect::<Result<(), _>>().map_err(|error| BusError(error.0))
    }
}
