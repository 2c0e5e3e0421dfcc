//! What identity publishes, as the other services hear it.

use std::{marker::PhantomData, sync::Arc, time::Duration};

use async_trait::async_trait;
use messaging::{Bus, Deliver, Delivery, Event, Queue, Verdict};
use prost::{Message, Name};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::world::World;

const SOON: Duration = Duration::from_secs(60);

struct Forward(UnboundedSender<Event>);

#[async_trait]
impl Deliver for Forward {
    async fn deliver(&self, delivery: &Delivery) -> Verdict {
        // Nobody may be listening any more.
        let _ = self.0.send(delivery.event.clone());
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
    let queue = Queue::named("heard").bind("#");
    let bus = world.bus.clone();
    tokio::spawn(async move { bus.consume(&queue, Arc::new(Forward(sender))).await });
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
