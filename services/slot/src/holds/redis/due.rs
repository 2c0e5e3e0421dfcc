//! What need not be done yet.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::time::{Duration, Instant};

/// When something is to be done next; at once, as long as it was never put off.
#[derive(Debug, Default)]
pub(super) struct Due(Mutex<Option<Instant>>);

impl Due {
    /// Whether it is time.
    pub fn is_now(&self) -> bool {
        self.lock().is_none_or(|at| at <= Instant::now())
    }

    /// Not before so much time has passed.
    pub fn delay(&self, pause: Duration) {
        *self.lock() = Some(Instant::now() + pause);
    }

    fn lock(&self) -> MutexGuard<'_, Option<Instant>> {
        // An instant is replaced as a whole; a panic cannot leave a half of one.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
