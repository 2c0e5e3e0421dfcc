//! Connections that a busy time opened and a quiet one does not need.
//!
//! The pool of SQLx lends the connection that has lain idle longest. While jobs look every second, none lies idle for
//! long, and an idle timeout closes none of them. So this decides about each connection that comes back whether it is
//! one too many.

use std::{
    sync::{Arc, Mutex, OnceLock, PoisonError, Weak},
    time::{Duration, Instant},
};

use sqlx::PgPool;

/// The connections that stay open in a quiet pool, including the one that listens for notifications.
/// One less than four: where two jobs meet all the same, a fourth is open for a moment.
const KEPT: usize = 3;
/// The pool is busy while more connections than this are in use. Jobs that run at the same moment need fewer.
const BUSY_ABOVE: usize = 6;
/// How long the pool must not have been busy before the first one is closed.
pub(crate) const QUIET: Duration = Duration::from_secs(30);
/// So many pauses, from one that is closed to the next, are as long as the quiet time. In a time that is neither
/// busy nor quiet one connection is closed and opened again in each pause, and no more.
const PAUSES: u32 = 30;

/// Watches one pool.
#[derive(Debug)]
pub(crate) struct Surplus {
    /// Weak, because the pool keeps this as long as it lives.
    pool: OnceLock<Weak<PgPool>>,
    watch: Mutex<Watch>,
}

/// When the next connection may be closed.
#[derive(Debug)]
struct Watch {
    quiet: Duration,
    not_before: Instant,
}

impl Surplus {
    /// A pool counts as quiet once it was not busy for so long.
    pub(crate) fn after(quiet: Duration) -> Self {
        let watch = Watch { quiet, not_before: Instant::now() };
        Self { pool: OnceLock::new(), watch: Mutex::new(watch) }
    }

    /// Watches this pool. Nothing is too many before this, or once the last clone of the `Arc` is gone.
    pub(crate) fn watch(&self, pool: &Arc<PgPool>) {
        let _ = self.pool.set(Arc::downgrade(pool));
    }

    /// Whether the connection that comes back now is one too many. It counts as used.
    pub(crate) fn has_one(&self) -> bool {
        let Some(pool) = self.pool.get().and_then(Weak::upgrade) else { return false };
        let open = usize::try_from(pool.size()).unwrap_or(usize::MAX);
        // Not counted in one step: while others come and go, the idle ones may be off.
        let Some(used) = open.checked_sub(pool.num_idle()) else { return false };
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        watch.closes_one(open, used, Instant::now())
    }
}

impl Watch {
    fn closes_one(&mut self, open: usize, used: usize, now: Instant) -> bool {
        if used > BUSY_ABOVE {
            self.not_before = now + self.quiet;
            return false;
        }
        if open <= KEPT || now < self.not_before {
            return false;
        }
        self.not_before = now + self.quiet / PAUSES;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn watch() -> (Watch, Instant) {
        let now = Instant::now();
        (Watch { quiet: QUIET, not_before: now }, now)
    }

    #[test]
    fn a_busy_pool_keeps_what_it_has_until_it_was_quiet_for_a_while() {
        let (mut watch, began) = watch();
        assert!(!watch.closes_one(16, 16, began));
        assert!(!watch.closes_one(16, 2, began + QUIET - SECOND));
        assert!(!watch.closes_one(16, 7, began + QUIET - SECOND), "busy again");
        assert!(!watch.closes_one(16, 2, began + QUIET));
        assert!(watch.closes_one(16, 2, began + QUIET * 2));
    }

    #[test]
    fn a_quiet_one_closes_one_a_second_until_few_are_left() {
        let (mut watch, began) = watch();
        let mut open = 16;
        // Ten connections come back each second.
        for tenths in 0..200 {
            let now = began + SECOND / 10 * tenths;
            open -= usize::from(watch.closes_one(open, 2, now));
        }
        assert_eq!(open, KEPT);
        let late = began + SECOND * 30;
        assert!(!watch.closes_one(KEPT, KEPT, late), "all of them are in use by chance");
        assert!(watch.closes_one(KEPT + 1, KEPT + 1, late), "one more met them");
        assert!(!watch.closes_one(KEPT + 1, KEPT + 1, late + SECOND / 2));
    }
}
