//! Takes events from a queue, each with its effect once.

use std::{collections::BTreeMap, error::Error, marker::PhantomData, sync::Arc, time::Duration};

use ambient::Clock;
use async_trait::async_trait;
use jiff::SignedDuration;
use prost::{Message, Name};
use store::{Database, StoreError};

use crate::{
    Bus, Deliver, Delivery, Event, InvalidEvent, Queue, UnitOfWork, Verdict, Wake, store::Inbox,
};

/// How long the inbox keeps an event's id. Longer than any redelivery: a queue's pauses, an outage, and a
/// dead letter that an operator replays late.
const INBOX_RETENTION: SignedDuration = SignedDuration::from_hours(24 * 90);
const INBOX_CLEANUP_INTERVAL: Duration = Duration::from_secs(3600);

/// What a service does when it hears of an event.
#[async_trait]
pub trait Handler<M>: Send + Sync {
    /// Has the effect, within the transaction of `unit`, which the consumer commits. Called again
    /// for the same event only if an earlier transaction was not committed, so effects outside it do
    /// not belong here: store a job row and let a job do them. What may be lost without harm, such
    /// as updating a cache, follows by [`UnitOfWork::after_commit`].
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        message: M,
    ) -> Result<(), HandlerError>;
}

/// Why a handler could not have its effect. The texts are for the operator and hold no personal
/// data.
#[derive(Debug, thiserror::Error)]
pub enum HandlerError {
    /// It may work later, for example because the database is busy.
    #[error("{0}")]
    Retry(#[source] Box<dyn Error + Send + Sync>),
    /// It can never work, for example because a field has an impossible value.
    #[error("{0}")]
    Poison(#[source] Box<dyn Error + Send + Sync>),
}

impl From<StoreError> for HandlerError {
    fn from(error: StoreError) -> Self {
        Self::Retry(Box::new(error))
    }
}

impl From<InvalidEvent> for HandlerError {
    fn from(error: InvalidEvent) -> Self {
        Self::Poison(Box::new(error))
    }
}

/// Hands the events of one queue to the handlers of one service.
///
/// ```ignore
/// Consumer::new(Queue::notification(), database, bus, clock)
///     .on::<BookingConfirmed>(OnBookingConfirmed::new(..))
///     .run()
///     .await
/// ```
pub struct Consumer {
    queue: Queue,
    bus: Arc<dyn Bus>,
    inner: Inner,
}

struct Inner {
    queue: String,
    database: Database,
    clock: Arc<dyn Clock>,
    handlers: BTreeMap<String, Box<dyn Typed>>,
    every: Vec<Box<dyn Handler<()>>>,
    relay: Wake,
    wakes: Vec<Wake>,
}

impl Consumer {
    /// A consumer without handlers: it takes events away and does nothing.
    #[must_use]
    pub fn new(queue: Queue, database: Database, bus: Arc<dyn Bus>, clock: Arc<dyn Clock>) -> Self {
        let inner = Inner {
            queue: queue.name.clone(),
            database,
            clock,
            handlers: BTreeMap::new(),
            every: Vec::new(),
            relay: Wake::default(),
            wakes: Vec::new(),
        };
        Self { queue, bus, inner }
    }

    /// Also handles events of the kind `M`, and binds the queue to them. Events without a handler
    /// are taken away silently.
    #[must_use]
    pub fn on<M>(mut self, handler: impl Handler<M> + 'static) -> Self
    where
        M: Message + Name + Default + 'static,
    {
        let pattern = Event::pattern::<M>();
        if !self.queue.bindings.iter().any(|bound| bound == "#") {
            self.queue.bindings.push(pattern);
        }
        let typed = Decoding { handler, message: PhantomData::<fn() -> M> };
        self.inner.handlers.insert(M::full_name(), Box::new(typed));
        self
    }

    /// Also calls `handler` for every event, in the same transaction as the event's own handler.
    #[must_use]
    pub fn on_every(mut self, handler: impl Handler<()> + 'static) -> Self {
        self.inner.every.push(Box::new(handler));
        self
    }

    /// Handlers publish events, too: wakes their relay.
    #[must_use]
    pub fn publishing(mut self, relay: Wake) -> Self {
        self.inner.relay = relay;
        self
    }

    /// Also wakes a job after each commit, for example the one that sends what a handler stored.
    #[must_use]
    pub fn waking(mut self, wake: Wake) -> Self {
        self.inner.wakes.push(wake);
        self
    }

    /// Consumes for ever. Drop the future to stop: the transaction in progress is undone and its
    /// event is delivered again.
    pub async fn run(self) {
        let inner = Arc::new(self.inner);
        let sweep = async {
            loop {
                inner.delete_expired().await;
                tokio::time::sleep(INBOX_CLEANUP_INTERVAL).await;
            }
        };
        let consume = self.bus.consume(&self.queue, Arc::<Inner>::clone(&inner));
        tokio::select! {
            () = consume => {}
            () = sweep => {}
        }
    }
}

impl std::fmt::Debug for Consumer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kinds = self.inner.handlers.keys().collect::<Vec<_>>();
        f.debug_struct("Consumer")
            .field("queue", &self.queue)
            .field("kinds", &kinds)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Deliver for Inner {
    async fn deliver(&self, delivery: &Delivery) -> Verdict {
        let work = self.deliver_in_trace(delivery);
        match delivery.event.traceparent {
            Some(trace) => trace.scope(work).await,
            None => work.await,
        }
    }
}

impl Inner {
    async fn deliver_in_trace(&self, delivery: &Delivery) -> Verdict {
        let event = &delivery.event;
        match self.admit_and_handle(event).await {
            Ok(()) => Verdict::Done,
            Err(HandlerError::Retry(reason)) => {
                tracing::warn!(event = %event.id, kind = event.kind, attempt = delivery.attempt, %reason, "event will be tried again");
                Verdict::Retry(reason.to_string())
            }
            Err(HandlerError::Poison(reason)) => {
                tracing::error!(event = %event.id, kind = event.kind, %reason, "event cannot be handled and is dead-lettered");
                Verdict::Poison(reason.to_string())
            }
        }
    }

    async fn admit_and_handle(&self, event: &Event) -> Result<(), HandlerError> {
        let handler = self.handlers.get(&event.kind);
        if handler.is_none() && self.every.is_empty() {
            return Ok(());
        }
        let mut unit = UnitOfWork::begin(&self.database, &self.relay).await?;
        let now = self.clock.now();
        if !Inbox::admit(unit.transaction(), &self.queue, event.id, now).await? {
            tracing::debug!(event = %event.id, "event was handled before");
            return Ok(());
        }
        if let Some(handler) = handler {
            handler.handle(&mut unit, event).await?;
        }
        for handler in &self.every {
            handler.handle(&mut unit, event, ()).await?;
        }
        unit.commit().await?;
        self.wakes.iter().for_each(Wake::wake);
        tracing::info!(event = %event.id, kind = event.kind, "event handled");
        Ok(())
    }

    async fn delete_expired(&self) {
        let Ok(before) = self.clock.now().checked_sub(INBOX_RETENTION) else {
            return;
        };
        if let Err(error) = Inbox::delete_before(self.database.connection(), before).await {
            tracing::warn!(%error, "cannot delete expired inbox rows; tried again in an hour");
        }
    }
}

/// A handler whose message type is hidden.
#[async_trait]
trait Typed: Send + Sync {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
    ) -> Result<(), HandlerError>;
}

struct Decoding<H, M> {
    handler: H,
    message: PhantomData<fn() -> M>,
}

#[async_trait]
impl<H: Handler<M>, M: Message + Name + Default> Typed for Decoding<H, M> {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
    ) -> Result<(), HandlerError> {
        let message = event.message::<M>()?;
        self.handler.handle(unit, event, message).await
    }
}
