//! Whether a server is about to end.
//!
//! Two numbers behind [`drain`](crate::drain): the middleware counts answers, the drain looks
//! whether the count still moves. Orderings are relaxed: nothing else is read through these
//! atomics, and an answer too many with its connection open does no harm.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

/// Whether a server is about to end, and how many requests it answered. Clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ending(Arc<State>);

#[derive(Debug, Default)]
struct State {
    /// Set once and never reset.
    begun: AtomicBool,
    /// Answers since the start, health checks included.
    answered: AtomicU64,
}

impl Ending {
    /// From now on each answer is the last on its connection.
    pub(crate) fn begin(&self) {
        self.0.begun.store(true, Ordering::Relaxed);
    }

    /// Counts an answer; whether it is the last on its connection.
    pub(crate) fn answered(&self) -> bool {
        self.0.answered.fetch_add(1, Ordering::Relaxed);
        self.0.begun.load(Ordering::Relaxed)
    }

    /// The answers until now.
    pub(crate) fn count(&self) -> u64 {
        self.0.answered.load(Ordering::Relaxed)
    }
}
