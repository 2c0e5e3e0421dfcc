//! Jobs that look at the database all the time do so one after the other.
//!
//! Each of them needs a connection for some milliseconds. Where two meet, the pool opens another one, which costs more
//! than the look and is closed soon after (`store`): a quiet process keeps few. No job keeps its turn
//! while it asks another service, and what must not be late (following the catalogue) takes none.

use std::{sync::Arc, time::Duration};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long a job waits for its turn. It goes on without one then: no job waits for a neighbour that
/// hangs.
const LONGEST_WAIT: Duration = Duration::from_millis(300);

/// Whose turn it is. Clones share it.
#[derive(Debug, Clone)]
pub struct Turns(Arc<Semaphore>);

impl Default for Turns {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }
}

impl Turns {
    /// Waits until no other job looks. The turn ends when the answer is dropped.
    pub async fn take(&self) -> Option<OwnedSemaphorePermit> {
        let free = Arc::clone(&self.0).acquire_owned();
        tokio::time::timeout(LONGEST_WAIT, free).await.ok()?.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_job_waits_for_the_one_before_but_not_for_one_that_hangs() {
        let turns = Turns::default();
        let first = turns.take().await;
        assert!(first.is_some());
        let began = tokio::time::Instant::now();
        assert!(turns.take().await.is_none());
        assert!(began.elapsed() >= LONGEST_WAIT);
        drop(first);
        assert!(turns.take().await.is_some());
    }
}
