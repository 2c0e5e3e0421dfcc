//! Events of the other services.

mod merge_reversed;
mod person_merged;
mod person_resolved;

use std::sync::Arc;

use auth::TokenError;
use messaging::{Bus, Consumer, Queue};

use crate::app::Engine;

/// Hears of events for as long as it is polled.
pub async fn run(engine: Arc<Engine>, bus: Arc<dyn Bus>) {
    let queue = Queue::named(format!("slot.{}", engine.catalogue().authority.id));
    let (database, clock) = (engine.database.clone(), Arc::clone(&engine.clock));
    Consumer::new(queue, database, bus, clock)
        .publishing(engine.wake.clone())
        .on(person_merged::OnPersonMerged(Arc::clone(&engine)))
        .on(merge_reversed::OnMergeReversed(Arc::clone(&engine)))
        .on(person_resolved::OnPersonResolved(engine))
        .run()
        .await;
}

/// Whether a proof may be believed later: the keys may be on their way, or the clocks differ.
fn is_temporary(error: &TokenError) -> bool {
    matches!(error, TokenError::KeysUnavailable | TokenError::UnknownKey | TokenError::NotYetValid)
}
