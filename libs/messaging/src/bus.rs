//! The port: what the two buses promise.
//!
//! A bus carries [`Event`]s to [`Queue`]s and to [`Subscriber`]s. A queue is durable and shared by
//! the processes of a service: each event is handled by one of them. A subscription belongs to one
//! process and forgets what it missed: for caches and revocation lists, which can read the whole
//! state anew.
//!
//! Services depend on this trait and not on RabbitMQ, so the whole house also runs in one process.
//! Why a trait at all: it has two real implementations, and both run in tests.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;

use crate::Event;

/// Carries events from publishers to queues. Both adapters pass the suite in
/// `tests/it/bus_contract.rs`.
///
/// Promises: an event that was confirmed reaches every queue bound to it **at least once**; events
/// with the same subject arrive in the order of publication unless one has to be retried; an event
/// that fails is delivered again after the queue's pauses and then becomes a dead letter.
#[async_trait]
pub trait Bus: Send + Sync + std::fmt::Debug {
    /// Publishes in order, and tells for each event whether it is safe with the bus. One that is
    /// not may have arrived nevertheless: publish it again.
    ///
    /// The answer has one member per event, in their order. Waits until the bus has stored or
    /// handled them, or for a few seconds; it never repeats by itself, since the
    /// [`Relay`](crate::Relay) keeps what is unconfirmed.
    async fn publish(&self, events: &[Event]) -> Vec<Result<(), Unconfirmed>>;

    /// Creates `queue` if needed and hands its events to `deliver`, through lost connections, for
    /// ever. Those of one subject come one after the other; others may be handed over at the same
    /// time (RabbitMQ: eight; in process: one). Drop the future to stop: the events in progress are
    /// then delivered again to the next consumer.
    ///
    /// One consumer of a queue is active at a time; further ones wait and take over.
    async fn consume(&self, queue: &Queue, deliver: Arc<dyn Deliver>);

    /// Delivers to `subscriber` each event whose routing key matches one of `patterns`, and
    /// reconnects for ever. Unlike a queue this is for one process: each subscriber receives
    /// everything, and nothing is stored while it is disconnected. Drop the future to stop.
    ///
    /// After `connected` nothing is missed until `disconnected`; between those two calls a
    /// subscriber must not trust what it knows for longer than it can bear.
    async fn subscribe(&self, patterns: &[String], subscriber: Arc<dyn Subscriber>);

    /// Whether the bus can be reached now.
    ///
    /// For `/readyz`. A broker that accepts connections but takes no messages counts as
    /// unreachable.
    async fn ping(&self) -> Result<(), BusError>;

    /// Up to `limit` dead letters of the queue, oldest first.
    ///
    /// Reading leaves them where they are. In process an unknown queue has none; RabbitMQ answers
    /// with an error.
    async fn dead_letters(&self, queue: &str, limit: usize) -> Result<Vec<DeadLetter>, BusError>;

    /// Puts a dead letter back into its queue with all its attempts. `false` if there is none.
    ///
    /// Its attempts start from 1. The inbox still knows events of the last 90 days: one that had
    /// its effect before has none again.
    async fn replay(&self, queue: &str, id: ids::EventId) -> Result<bool, BusError>;

    /// Removes a dead letter for ever. `false` if there is none.
    async fn discard(&self, queue: &str, id: ids::EventId) -> Result<bool, BusError>;
}

/// Takes what a queue holds.
///
/// The port towards a service, implemented by the [`Consumer`](crate::Consumer). A bus may call it
/// from several tasks at once.
#[async_trait]
pub trait Deliver: Send + Sync {
    /// Handles one delivery. The bus acts on the verdict.
    ///
    /// Must be safe to repeat: dropped in the middle, the same event comes again.
    async fn deliver(&self, delivery: &Delivery) -> Verdict;

    /// Handles several deliveries, in their order; a verdict for each, in the same order.
    ///
    /// For a bus that has more than one at hand. An implementation may handle some together at less cost;
    /// the default handles one after the other.
    async fn deliver_all(&self, deliveries: &[Delivery]) -> Vec<Verdict> {
        let mut verdicts = Vec::with_capacity(deliveries.len());
        for delivery in deliveries {
            verdicts.push(self.deliver(delivery).await);
        }
        verdicts
    }
}

/// Receives what is published now; see [`Bus::subscribe`]. The methods must return soon: they delay
/// the next event.
#[async_trait]
pub trait Subscriber: Send + Sync {
    /// From now on everything is received, at least once. Earlier events may have been missed: read
    /// the publisher's state.
    async fn connected(&self);
    /// Nothing is received until the next [`connected`](Self::connected). Called at each failed
    /// attempt to reconnect too; `reason` is for the log.
    async fn disconnected(&self, reason: &BusError);
    /// An event was published. There is no answer and no second delivery: what fails here is lost
    /// for this process.
    async fn receive(&self, event: &Event);
}

/// One attempt to hand over an event.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// The event.
    pub event: Event,
    /// Counts from 1. A delivery that was cut off by a crash does not count, only one that ended in
    /// [`Verdict::Retry`].
    pub attempt: u32,
}

/// What became of a delivery.
///
/// Decides where the event goes next. The reasons end up in logs and in dead letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It had its effect, now or earlier: acknowledge it.
    Done,
    /// It may work later: after the queue's next pause, or as a dead letter after the last one. The
    /// reason is for the operator and holds no personal data.
    Retry(String),
    /// It can never work, for example a message that cannot be decoded: put it aside at once.
    Poison(String),
}

/// An event that was given up.
///
/// Shown by `fairtermin dead-letters`, which can also replay or drop it.
#[derive(Debug, Clone)]
pub struct DeadLetter {
    /// The event.
    pub event: Event,
    /// Why it was given up, in the handler's words.
    pub reason: String,
    /// How often it was tried; 1 for poison.
    pub attempts: u32,
}

/// The bus did not confirm an event.
///
/// Holds why, for the log. The event may be with the bus nevertheless, so consumers must expect it
/// twice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not confirmed by the bus: {0}")]
pub struct Unconfirmed(pub String);

/// The bus cannot be used. Never repeats its address, which holds the password.
///
/// A type of its own, so that callers of any bus log the same way. It is always worth trying again.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the message broker cannot be used: {0}")]
pub struct BusError(pub String);

/// A durable queue of one consumer (one name per service, not per pod: pods share it).
///
/// What it is bound to and how long it pauses stands in the program that consumes it, so a queue
/// needs no administrator. Pauses and bindings of one name must be the same in all processes of a
/// service; on RabbitMQ a changed pause is another retry queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// Without the namespace: the bus adds it.
    pub(crate) name: String,
    /// Patterns of routing keys; AMQP's topic exchange (0-9-1, section 3.1.3.3).
    pub(crate) bindings: Vec<String>,
    /// Between attempts; one more attempt than pauses.
    pub(crate) pauses: Vec<Duration>,
}

impl Queue {
    /// The notification service's queue, which gets every event. It is known to every bus from the
    /// start, so that no event is lost because notification never ran before.
    #[must_use]
    pub fn notification() -> Self {
        Self::named("notification").bind("#")
    }

    /// A queue without bindings. Pauses between attempts: 1 s, 10 s, 1 min, 10 min.
    ///
    /// The pauses outlast a restart of a database (seconds) and a short outage (minutes). What is
    /// broken for longer needs a person: it becomes a dead letter after about 11 minutes and is
    /// replayed once mended.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            bindings: Vec::new(),
            pauses: [1, 10, 60, 600].map(Duration::from_secs).to_vec(),
        }
    }

    /// Also gets events whose routing key matches `pattern`: words divided by dots, `*` stands for
    /// one word, `#` for any number ([`Event::pattern`]).
    ///
    /// Binding twice to the same pattern is harmless; an event arrives once per queue however many
    /// patterns match.
    #[must_use]
    pub fn bind(mut self, pattern: impl Into<String>) -> Self {
        self.bindings.push(pattern.into());
        self
    }

    /// Pauses before the second, third, ... attempt; after the last one the event is dead.
    ///
    /// None at all make every failure final: for tests.
    #[must_use]
    pub fn with_pauses(mut self, pauses: impl Into<Vec<Duration>>) -> Self {
        self.pauses = pauses.into();
        self
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The pause after a failed `attempt` (from 1), `None` if there is no further attempt.
    pub(crate) fn pause_after(&self, attempt: u32) -> Option<Duration> {
        self.pauses.get(attempt.saturating_sub(1) as usize).copied()
    }
}

/// Whether an AMQP topic pattern matches a routing key.
///
/// The in-process bus decides with it as a broker would. `#` may stand for no word at all, so
/// `lea.#` also matches `lea`. Exponential only in the number of `#`, and patterns are ours.
pub(crate) fn matches(pattern: &str, key: &str) -> bool {
    fn rest(pattern: &[&str], key: &[&str]) -> bool {
        match pattern.split_first() {
            None => key.is_empty(),
            Some((&"#", pattern)) => (0..=key.len()).any(|taken| rest(pattern, &key[taken..])),
            Some((word, pattern)) => key
                .split_first()
                .is_some_and(|(first, key)| (word == &"*" || word == first) && rest(pattern, key)),
        }
    }
    rest(&pattern.split('.').collect::<Vec<_>>(), &key.split('.').collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_amqp_says() {
        let key = "lea.booking-confirmed.v1";
        for pattern in ["#", key, "*.booking-confirmed.v1", "lea.#", "#.v1", "lea.*.*"] {
            assert!(matches(pattern, key), "{pattern}");
        }
        for pattern in ["", "*", "lea", "kfz.#", "lea.booking-confirmed", "*.*.*.*"] {
            assert!(!matches(pattern, key), "{pattern}");
        }
    }

    #[test]
    fn the_last_pause_is_followed_by_the_end() {
        let queue = Queue::named("q").with_pauses([Duration::from_secs(1)]);
        assert_eq!(queue.pause_after(1), Some(Duration::from_secs(1)));
        assert_eq!(queue.pause_after(2), None);
    }
}
