//! The port: what the two buses promise.

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
    async fn publish(&self, events: &[Event]) -> Vec<Result<(), Unconfirmed>>;

    /// Creates `queue` if needed and hands its events to `deliver`, one after the other, through
    /// lost connections, for ever. Drop the future to stop: the event in progress is then
    /// delivered again to the next consumer.
    async fn consume(&self, queue: &Queue, deliver: Arc<dyn Deliver>);

    /// Delivers to `subscriber` each event whose routing key matches one of `patterns`, and reconnects
    /// for ever. Unlike a queue this is for one process: each subscriber receives everything, and
    /// nothing is stored while it is disconnected. Drop the future to stop.
    async fn subscribe(&self, patterns: &[String], subscriber: Arc<dyn Subscriber>);

    /// Whether the bus can be reached now.
    async fn ping(&self) -> Result<(), BusError>;

    /// Up to `limit` dead letters of the queue, oldest first.
    async fn dead_letters(&self, queue: &str, limit: usize) -> Result<Vec<DeadLetter>, BusError>;

    /// Puts a dead letter back into its queue with all its attempts. `false` if there is none.
    async fn replay(&self, queue: &str, id: ids::EventId) -> Result<bool, BusError>;

    /// Removes a dead letter for ever. `false` if there is none.
    async fn discard(&self, queue: &str, id: ids::EventId) -> Result<bool, BusError>;
}

/// Takes what a queue holds.
#[async_trait]
pub trait Deliver: Send + Sync {
    /// Handles one delivery. The bus acts on the verdict.
    async fn deliver(&self, delivery: &Delivery) -> Verdict;
}

/// Receives what is published now; see [`Bus::subscribe`]. The methods must return soon: they delay
/// the next event.
#[async_trait]
pub trait Subscriber: Send + Sync {
    /// From now on everything is received, at least once. Earlier events may have been missed: read
    /// the publisher's state.
    async fn connected(&self);
    /// Nothing is received until the next [`connected`](Self::connected).
    async fn disconnected(&self, reason: &BusError);
    /// An event was published.
    async fn receive(&self, event: &Event);
}

/// One attempt to hand over an event.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// The event.
    pub event: Event,
    /// Counts from 1.
    pub attempt: u32,
}

/// What became of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It had its effect, now or earlier: acknowledge it.
    Done,
    /// It may work later. The reason is for the operator and holds no personal data.
    Retry(String),
    /// It can never work: put it aside at once.
    Poison(String),
}

/// An event that was given up.
#[derive(Debug, Clone)]
pub struct DeadLetter {
    /// The event.
    pub event: Event,
    /// Why it was given up.
    pub reason: String,
    /// How often it was tried.
    pub attempts: u32,
}

/// The bus did not confirm an event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not confirmed by the bus: {0}")]
pub struct Unconfirmed(pub String);

/// The bus cannot be used. Never repeats its address, which holds the password.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the message broker cannot be used: {0}")]
pub struct BusError(pub String);

/// A durable queue of one consumer (one name per service, not per pod: pods share it).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    pub(crate) name: String,
    pub(crate) bindings: Vec<String>,
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
    #[must_use]
    pub fn bind(mut self, pattern: impl Into<String>) -> Self {
        self.bindings.push(pattern.into());
        self
    }

    /// Pauses before the second, third, ... attempt; after the last one the event is dead.
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
