//! The bus of a program that runs alone.
//!
//! For `fairtermin demo`, for tests, and for a small office that runs everything in one process. It
//! keeps the promises of [`Bus`] by holding nothing that the outbox does not hold too.
//!
//! Differences to RabbitMQ that callers can see: a confirm means *handled*, not *stored*; dead
//! letters end with the process; one delivery at a time per queue.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use ids::EventId;
use tokio::{
    sync::{Notify, mpsc, watch},
    time::Instant,
};

use crate::{
    Bus, BusError, DeadLetter, Deliver, Delivery, Event, Queue, Subscriber, Unconfirmed, Verdict,
    bus::matches,
};

/// How long a publisher waits for the consumers before an event counts as unconfirmed. Short, as
/// the relay asks again and an event that is already queued is not queued twice.
const CONFIRM_TIMEOUT: Duration = Duration::from_secs(1);

/// A bus within this process. Clones share the queues.
///
/// It keeps nothing on disk and needs not: an event is confirmed once every queue **settled** it
/// (handled it, or gave it up), so until then it stays in the publisher's outbox. Only dead letters
/// are lost with the process.
#[derive(Debug, Clone)]
pub struct InProcessBus {
    /// By name, without a namespace: one process is one installation.
    queues: Arc<Mutex<BTreeMap<String, State>>>,
    /// Closed ones are removed at the next event.
    subscriptions: Arc<Mutex<Vec<Subscription>>>,
}

/// One subscriber's channel and patterns.
#[derive(Debug)]
struct Subscription {
    patterns: Vec<String>,
    /// Unbounded: a slow subscriber costs memory and never delays the publisher.
    sender: mpsc::UnboundedSender<Event>,
}

/// One queue.
#[derive(Debug)]
struct State {
    /// Bindings and pauses, as last declared.
    queue: Queue,
    /// In order of arrival. A delivery that is not due yet is passed over, so an event that is
    /// retried does not stop its successors.
    queued: VecDeque<QueuedDelivery>,
    /// Events that are waiting or being handled; the sender says when they are settled.
    open: BTreeMap<EventId, watch::Sender<bool>>,
    /// Oldest first.
    dead: Vec<DeadLetter>,
    /// Wakes the active consumer.
    arrived: Arc<Notify>,
    /// Held by the one consumer that is active.
    active: Arc<tokio::sync::Mutex<()>>,
}

/// A delivery and when it may be made. Uses tokio's clock, so tests can pause it.
#[derive(Debug)]
struct QueuedDelivery {
    delivery: Delivery,
    due: Instant,
}

impl Default for InProcessBus {
    fn default() -> Self {
        Self::new()
    }
}

impl InProcessBus {
    /// A bus that knows the queue of the notification service.
    ///
    /// The queue is there before its service starts, as on a broker: events wait for it.
    #[must_use]
    pub fn new() -> Self {
        let bus = Self { queues: Arc::default(), subscriptions: Arc::default() };
        bus.declare(&Queue::notification());
        bus
    }

    /// The queues, for as long as it takes to look or to change something, and never across an
    /// `await`.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, State>> {
        // No code that can panic runs while the lock is held.
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends the event to each matching subscription.
    ///
    /// Once per publication, so an event that is published again is received again: at least once.
    fn broadcast(&self, event: &Event) {
        let key = event.routing_key();
        let mut subscriptions = self.subscriptions.lock().unwrap_or_else(PoisonError::into_inner);
        subscriptions.retain(|subscription| !subscription.sender.is_closed());
        let wants = |subscription: &&Subscription| {
            subscription.patterns.iter().any(|pattern| matches(pattern, &key))
        };
        for subscription in subscriptions.iter().filter(wants) {
            // The subscriber was dropped meanwhile.
            let _ = subscription.sender.send(event.clone());
        }
    }

    /// Declaring again takes over bindings and pauses and keeps what is queued.
    fn declare(&self, queue: &Queue) {
        let mut queues = self.lock();
        match queues.get_mut(&queue.name) {
            Some(state) => state.queue = queue.clone(),
            None => {
                queues.insert(queue.name.clone(), State::new(queue.clone()));
            }
        }
    }

    /// The first delivery that is due, or when to look again.
    ///
    /// With nothing queued the answer is an hour from now; an arrival wakes the consumer before.
    fn next(&self, queue: &str) -> Result<Delivery, Instant> {
        let now = Instant::now();
        let far = now + Duration::from_secs(3600);
        let mut queues = self.lock();
        let Some(state) = queues.get_mut(queue) else {
            return Err(far);
        };
        match state.queued.iter().position(|queued| queued.due <= now) {
            Some(place) => state.queued.remove(place).map(|queued| queued.delivery).ok_or(far),
            None => Err(state.queued.iter().map(|queued| queued.due).min().unwrap_or(far)),
        }
    }
}

impl State {
    /// An empty queue whose consumer has yet to come.
    fn new(queue: Queue) -> Self {
        Self {
            queue,
            queued: VecDeque::new(),
            open: BTreeMap::new(),
            dead: Vec::new(),
            arrived: Arc::default(),
            active: Arc::default(),
        }
    }

    /// Whether one of the bindings matches the event's routing key.
    fn wants(&self, event: &Event) -> bool {
        let key = event.routing_key();
        self.queue.bindings.iter().any(|pattern| matches(pattern, &key))
    }

    /// Puts the event into the queue unless it is there already. Tells when it is settled.
    ///
    /// An event that is published again while it is still open is the same event: its publisher
    /// waits for the first delivery.
    fn accept(&mut self, event: &Event) -> watch::Receiver<bool> {
        if let Some(open) = self.open.get(&event.id) {
            return open.subscribe();
        }
        let (sender, receiver) = watch::channel(false);
        self.open.insert(event.id, sender);
        let delivery = Delivery { event: event.clone(), attempt: 1 };
        self.queued.push_back(QueuedDelivery { delivery, due: Instant::now() });
        self.arrived.notify_one();
        receiver
    }

    /// Done and dead letters settle an event: it is confirmed. A retry keeps it open, so its
    /// publisher sees it as unconfirmed and keeps it in the outbox.
    fn settle(&mut self, delivery: Delivery, verdict: Verdict) {
        let reason = match verdict {
            Verdict::Done => None,
            Verdict::Poison(reason) => Some(reason),
            Verdict::Retry(reason) => match self.queue.pause_after(delivery.attempt) {
                Some(pause) => {
                    let due = Instant::now() + pause;
                    let attempt = delivery.attempt + 1;
                    let delivery = Delivery { attempt, ..delivery };
                    self.queued.push_back(QueuedDelivery { delivery, due });
                    return;
                }
                None => Some(reason),
            },
        };
        if let Some(open) = self.open.remove(&delivery.event.id) {
            open.send_replace(true);
        }
        if let Some(reason) = reason {
            let Delivery { event, attempt: attempts } = delivery;
            self.dead.push(DeadLetter { event, reason, attempts });
        }
    }
}

/// Gives a delivery back to the front of its queue if the consumer goes away in the middle.
///
/// Consuming stops by dropping a future, which may happen while a handler runs. The guard makes
/// that the same as a broker's redelivery.
struct Unacknowledged<'a> {
    bus: &'a InProcessBus,
    queue: &'a str,
    delivery: Option<Delivery>,
}

impl Unacknowledged<'_> {
    /// Gives the verdict of the handler to the queue; after that there is nothing left to give
    /// back.
    fn settle(mut self, verdict: Verdict) {
        if let (Some(delivery), Some(state)) =
            (self.delivery.take(), self.bus.lock().get_mut(self.queue))
        {
            state.settle(delivery, verdict);
        }
    }
}

impl Drop for Unacknowledged<'_> {
    fn drop(&mut self) {
        let Some(delivery) = self.delivery.take() else {
            return;
        };
        if let Some(state) = self.bus.lock().get_mut(self.queue) {
            state.queued.push_front(QueuedDelivery { delivery, due: Instant::now() });
            state.arrived.notify_one();
        }
    }
}

#[async_trait]
impl Bus for InProcessBus {
    async fn publish(&self, events: &[Event]) -> Vec<Result<(), Unconfirmed>> {
        events.iter().for_each(|event| self.broadcast(event));
        let receipts: Vec<Vec<watch::Receiver<bool>>> = {
            let mut queues = self.lock();
            let mut accept = |event: &Event| {
                let interested = queues.values_mut().filter(|state| state.wants(event));
                interested.map(|state| state.accept(event)).collect()
            };
            events.iter().map(&mut accept).collect()
        };
        let deadline = Instant::now() + CONFIRM_TIMEOUT;
        let mut outcomes = Vec::with_capacity(events.len());
        for receipts in receipts {
            let mut outcome = Ok(());
            for mut receipt in receipts {
                let settled = receipt.wait_for(|settled| *settled);
                if tokio::time::timeout_at(deadline, settled).await.is_err() {
                    outcome = Err(Unconfirmed("a consumer has not handled it yet".to_owned()));
                }
            }
            outcomes.push(outcome);
        }
        outcomes
    }

    async fn consume(&self, queue: &Queue, deliver: Arc<dyn Deliver>) {
        self.declare(queue);
        let handles = self
            .lock()
            .get(&queue.name)
            .map(|state| (Arc::clone(&state.arrived), Arc::clone(&state.active)));
        let Some((arrived, active)) = handles else {
            return;
        };
        let _turn = active.lock().await;
        loop {
            match self.next(&queue.name) {
                Ok(delivery) => {
                    let held = Unacknowledged {
                        bus: self,
                        queue: &queue.name,
                        delivery: Some(delivery.clone()),
                    };
                    let verdict = deliver.deliver(&delivery).await;
                    held.settle(verdict);
                }
                Err(due) => {
                    // Either outcome means: look again.
                    let _ = tokio::time::timeout_at(due, arrived.notified()).await;
                }
            }
        }
    }

    async fn subscribe(&self, patterns: &[String], subscriber: Arc<dyn Subscriber>) {
        let (sender, mut events) = mpsc::unbounded_channel();
        let subscription = Subscription { patterns: patterns.to_vec(), sender };
        self.subscriptions.lock().unwrap_or_else(PoisonError::into_inner).push(subscription);
        subscriber.connected().await;
        while let Some(event) = events.recv().await {
            subscriber.receive(&event).await;
        }
    }

    async fn ping(&self) -> Result<(), BusError> {
        Ok(())
    }

    async fn dead_letters(&self, queue: &str, limit: usize) -> Result<Vec<DeadLetter>, BusError> {
        let queues = self.lock();
        let dead = queues.get(queue).map(|state| state.dead.iter().take(limit).cloned().collect());
        Ok(dead.unwrap_or_default())
    }

    async fn replay(&self, queue: &str, id: EventId) -> Result<bool, BusError> {
        let mut queues = self.lock();
        let Some(state) = queues.get_mut(queue) else {
            return Ok(false);
        };
        let Some(place) = state.dead.iter().position(|dead| dead.event.id == id) else {
            return Ok(false);
        };
        let dead = state.dead.remove(place);
        state.accept(&dead.event);
        Ok(true)
    }

    async fn discard(&self, queue: &str, id: EventId) -> Result<bool, BusError> {
        let mut queues = self.lock();
        let Some(state) = queues.get_mut(queue) else {
            return Ok(false);
        };
        let before = state.dead.len();
        state.dead.retain(|dead| dead.event.id != id);
        Ok(state.dead.len() < before)
    }
}
