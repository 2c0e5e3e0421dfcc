//! What identity publishes, as the other services hear it.

use std::{
    collections::BTreeSet,
    marker::PhantomData,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use ids::EventId;
use messaging::{Bus, Deliver, Delivery, Event, Queue, Verdict};
use prost::{Message, Name};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::world::World;

const SOON: Duration = Duration::from_secs(60);

/// Each event once. The bus brings again what the notification service, which is not there, has not taken.
struct Forward {
    events: UnboundedSender<Event>,
    known: Mutex<BTreeSet<EventId>>,
}

#[async_trait]
impl Deliver for Forward {
    async fn deliver(&self, delivery: &Delivery) -> Verdict {
        if self.known.lock().unwrap().insert(delivery.event.id) {
            // The test may have dropped its receiver already.
            let _ = self.events.send(delivery.event.clone());
        }
        Verdict::Done
    }
}

/// Events of one kind.
pub(crate) struct Heard<M> {
    events: UnboundedReceiver<Event>,
    kind: PhantomData<M>,
}

/// Listens from now on.
pub(crate) async fn listen<M>(world: &World) -> Heard<M> {
    let (sender, events) = unbounded_channel();
    let forward = Arc::new(Forward { events: sender, known: Mutex::default() });
    let queue = Queue::named("heard").bind("#");
    let bus = world.bus.clone();
    tokio::spawn(async move { bus.consume(&queue, forward).await });
    tokio::task::yield_now().await;
    Heard { events, kind: PhantomData }
}

impl<M: Message + Name + Default> Heard<M> {
    /// The next one; others are passed by.
    pub(crate) async fn next(&mut self) -> (Event, M) {
        let next = async {
            loop {
                let event = self.events.recv().await.expect("the bus is there");
                if let Ok(message) = event.message() {
                    return (event, message);
                }
            }
        };
        tokio::time::timeout(SOON, next).await.expect("an event")
    }
}
