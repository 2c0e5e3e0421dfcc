//! A bus with a gate.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use messaging::{
    Bus, BusError, DeadLetter, Deliver, Event, InProcessBus, Queue, Subscriber, Unconfirmed,
};
use tokio::sync::Semaphore;

/// A bus with a gate: each publication waits for a permit.
#[derive(Debug)]
pub struct Gate {
    bus: InProcessBus,
    gate: Semaphore,
    answer: Answer,
    state: Mutex<(usize, Vec<ids::EventId>)>,
}

/// What the bus says of what came through.
#[derive(Debug, Clone, Copy)]
pub enum Answer {
    Confirmed,
    /// As when no queue takes it.
    Unconfirmed,
}

impl Gate {
    pub fn closed(answer: Answer) -> Self {
        let (bus, state) = (InProcessBus::new(), Mutex::default());
        Self { bus, gate: Semaphore::new(0), answer, state }
    }

    pub fn let_through(&self, publications: usize) {
        self.gate.add_permits(publications);
    }

    /// How many publications have reached it.
    pub fn at_the_gate(&self) -> usize {
        self.state.lock().unwrap().0
    }

    pub fn through(&self) -> Vec<ids::EventId> {
        self.state.lock().unwrap().1.clone()
    }
}

#[async_trait]
impl Bus for Gate {
    async fn publish(&self, events: &[Event]) -> Vec<Result<(), Unconfirmed>> {
        self.state.lock().unwrap().0 += 1;
        self.gate.acquire().await.unwrap().forget();
        self.state.lock().unwrap().1.extend(events.iter().map(|event| event.id));
        let answer = || match self.answer {
            Answer::Confirmed => Ok(()),
            Answer::Unconfirmed => Err(Unconfirmed("no queue takes it".to_owned())),
        };
        events.iter().map(|_| answer()).collect()
    }
    async fn consume(&self, queue: &Queue, deliver: Arc<dyn Deliver>) {
        self.bus.consume(queue, deliver).await;
    }
    async fn subscribe(&self, patterns: &[String], subscriber: Arc<dyn Subscriber>) {
        self.bus.subscribe(patterns, subscriber).await;
    }
    async fn ping(&self) -> Result<(), BusError> {
        self.bus.ping().await
    }
    async fn dead_letters(&self, queue: &str, limit: usize) -> Result<Vec<DeadLetter>, BusError> {
        self.bus.dead_letters(queue, limit).await
    }
    async fn replay(&self, queue: &str, id: ids::EventId) -> Result<bool, BusError> {
        self.bus.replay(queue, id).await
    }
    async fn discard(&self, queue: &str, id: ids::EventId) -> Result<bool, BusError> {
        self.bus.discard(queue, id).await
    }
}
