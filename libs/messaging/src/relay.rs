//! Brings events from the outbox to the bus.

use std::{sync::Arc, time::Duration};

use store::{Database, StoreError};
use tokio::sync::Notify;

use crate::{Bus, store::Batch};

/// Most events in one pass.
const BATCH: u64 = 1024;
/// Between two looks if nobody wakes the relay: another process may have stored an event.
const POLL: Duration = Duration::from_secs(1);
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Tells a job that there may be something to do, without saying what. Clones share the signal.
#[derive(Debug, Clone, Default)]
pub struct Wake(Arc<Notify>);

impl Wake {
    /// Wakes the job; if it is busy, it looks again when it is done.
    pub fn wake(&self) {
        self.0.notify_one();
    }

    /// Returns when woken, or after `at_most`.
    pub async fn wait(&self, at_most: Duration) {
        // Either outcome means: look again.
        let _ = tokio::time::timeout(at_most, self.0.notified()).await;
    }
}

/// The job that publishes what the outbox holds. Any number may run on the same database.
#[derive(Debug, Clone)]
pub struct Relay {
    database: Database,
    bus: Arc<dyn Bus>,
    wake: Wake,
}

/// What one pass of the relay achieved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pass {
    confirmed: usize,
    waiting: usize,
}

impl Relay {
    /// A relay from `database` to `bus`; whoever commits an event wakes it with `wake`.
    #[must_use]
    pub fn new(database: Database, bus: Arc<dyn Bus>, wake: Wake) -> Self {
        Self { database, bus, wake }
    }

    /// Publishes for ever. Drop the future to stop: what was not removed from the outbox yet is
    /// published again by the next relay.
    pub async fn run(self) {
        let mut pause = SHORTEST_PAUSE;
        loop {
            match self.pass().await {
                Ok(pass) if pass.waiting == 0 && pass.confirmed < BATCH as usize => {
                    pause = SHORTEST_PAUSE;
                    self.wake.wait(POLL).await;
                }
                Ok(pass) if pass.confirmed > 0 => pause = SHORTEST_PAUSE,
                Ok(_) => {
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
                Err(error) => {
                    tracing::warn!(%error, "outbox cannot be read");
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
        }
    }

    async fn pass(&self) -> Result<Pass, StoreError> {
        let batch = Batch::take(&self.database, BATCH).await?;
        let events = batch.events();
        if events.is_empty() {
            return Ok(Pass { confirmed: 0, waiting: 0 });
        }
        let outcomes = self.bus.publish(&events).await;
        let confirmed = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        let waiting = events.len() - confirmed;
        if let Some(reason) = outcomes.iter().find_map(|outcome| outcome.as_ref().err()) {
            tracing::debug!(waiting, %reason, "events stay in the outbox");
        }
        batch.finish(&self.database, |place| matches!(outcomes.get(place), Some(Ok(())))).await?;
        Ok(Pass { confirmed, waiting })
    }
}
