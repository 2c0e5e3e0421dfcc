//! Takes events from a queue, each with its effect once.
//!
//! "Once" is made of two halves: the bus delivers at least once, and the inbox row is written in
//! the handler's own transaction, so a second delivery finds the row and does nothing. There is no
//! lease and no lock service.
//!
//! Several events that wait together share one transaction: a commit costs more than a handler. If
//! one of them fails, all is undone and each is handled alone, so that none suffers from another.
//!
//! Reader's path: [`Handler`] is what a service writes, [`Consumer`] wires handlers to a queue,
//! `Inner::admit_and_handle` is the protocol in thirty lines.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use ambient::Clock;
use async_trait::async_trait;
use jiff::SignedDuration;
use prost::{Message, Name};
use store::Database;

use crate::{
    Bus, Deliver, Delivery, Event, EveryHandler, Handler, HandlerError, Queue, RunHandler,
    UnitOfWork, Verdict, Wake,
    handler::in_trace,
    store::Inbox,
    typed::{Decoding, DecodingRun, Typed},
};

/// How long the inbox keeps an event's id, 90 days. Longer than any redelivery: a queue's pauses,
/// an outage, and a dead letter that an operator replays late. One replayed still later could have
/// its effect twice.
const INBOX_RETENTION: SignedDuration = SignedDuration::from_hours(24 * 90);
/// How often expired ids are deleted. Every process of a service does it; deleting twice is
/// harmless.
const INBOX_CLEANUP_INTERVAL: Duration = Duration::from_secs(3600);

/// Hands the events of one queue to the handlers of one service.
///
/// ```ignore
/// Consumer::new(Queue::notification(), database, bus, clock)
///     .on::<BookingConfirmed>(OnBookingConfirmed::new(..))
///     .run()
///     .await
/// ```
///
/// Any number of processes may run one for the same queue: the bus makes one active. It stops only
/// when its future is dropped.
pub struct Consumer {
    queue: Queue,
    bus: Arc<dyn Bus>,
    inner: Inner,
}

/// Shared with the bus as its [`Deliver`].
struct Inner {
    /// Part of the inbox's key: two queues of one service each have the effect.
    queue: String,
    database: Database,
    clock: Arc<dyn Clock>,
    /// By the full name of the message, `fairtermin.booking.v1.BookingConfirmed`.
    handlers: BTreeMap<String, Box<dyn Typed>>,
    /// Handlers that see each event whatever its kind.
    every: Vec<Box<dyn EveryHandler>>,
    /// For events that handlers publish themselves.
    relay: Wake,
    /// Jobs of the service to wake after each commit.
    wakes: Vec<Wake>,
}

impl Consumer {
    /// A consumer without handlers: it takes events away and does nothing.
    ///
    /// `clock` dates the inbox rows; tests pass a virtual one. The queue's bindings come from
    /// [`on`](Self::on).
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
    ///
    /// A second handler for the same kind replaces the first.
    #[must_use]
    pub fn on<M>(self, handler: impl Handler<M> + 'static) -> Self
    where
        M: Message + Name + Default + 'static,
    {
        self.with::<M>(Box::new(Decoding::<_, M>::of(handler)))
    }

    /// The same with a handler that gets together what comes together.
    #[must_use]
    pub fn on_runs<M>(self, handler: impl RunHandler<M> + 'static) -> Self
    where
        M: Message + Name + Default + 'static,
    {
        self.with::<M>(Box::new(DecodingRun::<_, M>::of(handler)))
    }

    fn with<M: Name>(mut self, handler: Box<dyn Typed>) -> Self {
        if !self.queue.bindings.iter().any(|bound| bound == "#") {
            self.queue.bindings.push(Event::pattern::<M>());
        }
        self.inner.handlers.insert(M::full_name(), handler);
        self
    }

    /// Also calls `handler` for every event, in the same transaction as the event's own handler.
    ///
    /// For what concerns all events alike, such as webhooks. It needs a queue that is bound to
    /// them: [`Queue::notification`] is. It runs after the own handlers of the events that share a
    /// transaction; if one fails, all of it is rolled back.
    #[must_use]
    pub fn on_every(mut self, handler: impl EveryHandler + 'static) -> Self {
        self.inner.every.push(Box::new(handler));
        self
    }

    /// Handlers publish events, too: wakes their relay.
    ///
    /// Without it such events leave within a second, when the relay polls.
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
    ///
    /// Expired inbox rows are deleted beside it, at start and then once an hour; if that fails,
    /// consuming goes on.
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
        in_trace(&delivery.event, self.deliver_in_trace(delivery)).await
    }

    async fn deliver_all(&self, deliveries: &[Delivery]) -> Vec<Verdict> {
        if deliveries.len() > 1 {
            let events: Vec<_> = deliveries.iter().map(|delivery| &delivery.event).collect();
            match self.admit_and_handle(&events).await {
                Ok(()) => return vec![Verdict::Done; deliveries.len()],
                Err(reason) => {
                    tracing::debug!(%reason, events = events.len(), "events that came together are handled one by one");
                }
            }
        }
        let mut verdicts = Vec::with_capacity(deliveries.len());
        for delivery in deliveries {
            verdicts.push(self.deliver(delivery).await);
        }
        verdicts
    }
}

impl Inner {
    /// Turns the outcome into a verdict and logs it: a retry as a warning, poison as an error, each
    /// with the event's id and kind and without its content.
    async fn deliver_in_trace(&self, delivery: &Delivery) -> Verdict {
        let event = &delivery.event;
        match self.admit_and_handle(&[event]).await {
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

    /// One transaction: remember the events, have their effects in order, commit. Events
    /// without a handler cost no transaction. When all were seen before, the unit is dropped,
    /// which rolls back nothing.
    async fn admit_and_handle(&self, events: &[&Event]) -> Result<(), HandlerError> {
        let is_concern =
            |event: &&Event| !self.every.is_empty() || self.handlers.contains_key(&event.kind);
        let events: Vec<&Event> = events.iter().copied().filter(is_concern).collect();
        if events.is_empty() {
            return Ok(());
        }
        let mut unit = UnitOfWork::begin(&self.database, &self.relay).await?;
        let ids = events.iter().map(|event| event.id);
        let mut admitted =
            Inbox::admit(unit.transaction(), &self.queue, ids, self.clock.now()).await?;
        // An event that came twice is new the first time only.
        let new: Vec<&Event> =
            events.into_iter().filter(|event| admitted.remove(&event.id)).collect();
        if new.is_empty() {
            tracing::debug!("events were handled before");
            return Ok(());
        }
        let runs: Vec<_> = new.chunk_by(|event, next| event.kind == next.kind).collect();
        for run in runs {
            if let Some(handler) = self.handlers.get(&run[0].kind) {
                handler.handle_run(&mut unit, run).await?;
            }
        }
        for handler in &self.every {
            handler.handle_all(&mut unit, &new).await?;
        }
        unit.commit().await?;
        self.wakes.iter().for_each(Wake::wake);
        for event in new {
            let log =
                async { tracing::info!(event = %event.id, kind = event.kind, "event handled") };
            in_trace(event, log).await;
        }
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
