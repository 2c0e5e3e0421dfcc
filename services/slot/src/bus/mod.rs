//! What the other services tell us.

mod person_merged;

use std::sync::Arc;

use messaging::{Bus, Consumer, Queue};

use crate::app::Engine;

/// Hears of events for as long as it is polled.
pub async fn run(engine: Arc<Engine>, bus: Arc<dyn Bus>) {
    let queue = Queue::named(format!("slot.{}", engine.catalogue().authority.id));
    let (database, clock) = (engine.database.clone(), Arc::clone(&engine.clock));
    Consumer::new(queue, database, bus, clock)
        .publishing(engine.wake.clone())
        .on(person_merged::OnPersonMerged(engine))
        .run()
        .await;
}
