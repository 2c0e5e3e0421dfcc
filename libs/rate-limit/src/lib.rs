//! Rate limits by key (a caller, an address), with our clock.
//!
//! Each key has a quota that may come all at once and refills evenly. Counted per process.
//!
//! The algorithm is GCRA (generic cell rate algorithm, a leaky bucket as a meter) of the crate
//! `governor`; ours are the clock, which tests move, and the eviction of keys, so that strangers
//! cannot fill the memory. A restart gives every key its full quota again, and each process counts
//! for itself: this protects a process, it is no billing.
//!
//! Who uses it: `libs/service` by address, `libs/auth` by caller. Rules about people (how often one
//! may book) are none of this and live in `libs/booking`.
//!
//! ```
//! use std::{num::NonZeroU32, sync::Arc};
//! use ambient::VirtualClock;
//! use rate_limit::{Allowance, RateLimit, per_minute};
//!
//! let clock = VirtualClock::at("2027-01-04T08:00:00Z".parse().unwrap());
//! let limit = RateLimit::new(per_minute(NonZeroU32::new(2).unwrap()), Arc::new(clock));
//! assert_eq!(limit.count(&"a"), Allowance::Remaining(1));
//! assert_eq!(limit.count(&"a"), Allowance::Remaining(0));
//! assert!(matches!(limit.count(&"a"), Allowance::After(wait) if wait.as_secs() == 30));
//! ```
//!
//! To change how a limit behaves, change it here; to change a number, look at
//! `libs/service/src/guard.rs` (addresses) and at `limits` in the settings of a service (callers).

use std::{
    hash::Hash,
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use ambient::Clock;
pub use governor::Quota;
use governor::{
    RateLimiter, clock::Clock as _, middleware::StateInformationMiddleware, nanos::Nanos,
    state::keyed::HashMapStateStore,
};
use jiff::Timestamp;

/// How often keys with a full quota are evicted. Not at each request: an eviction scans all keys.
/// Until then the map grows by each key that asks.
const EVICTION_INTERVAL: Duration = Duration::from_secs(60);

/// The requests of each key.
///
/// One for all threads: counting takes `&self`.
#[derive(Debug)]
pub struct RateLimit<K: Hash + Eq + Clone> {
    limiter: RateLimiter<K, HashMapStateStore<K>, MonotonicClock, StateInformationMiddleware>,
    /// When keys are evicted next, in seconds of the limiter's clock.
    evict_at: AtomicU64,
}

/// What a key may still do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowance {
    /// This request, and so many more at once.
    Remaining(u32),
    /// None before this time has passed: for `Retry-After`. Asking earlier does not make it longer.
    After(Duration),
}

impl<K: Hash + Eq + Clone> RateLimit<K> {
    /// Every key has its full quota.
    ///
    /// `clock` is asked for the start now and for the time at each count. A clock that is set back
    /// before this moment counts as standing there.
    #[must_use]
    pub fn new(quota: Quota, clock: Arc<dyn Clock>) -> Self {
        let start = clock.now();
        let clock = MonotonicClock { clock, start };
        let limiter = RateLimiter::new(quota, HashMapStateStore::default(), clock);
        Self { limiter, evict_at: AtomicU64::new(EVICTION_INTERVAL.as_secs()) }
    }

    /// Counts a request of `key`; one that is refused does not count.
    ///
    /// A quota that was used up refills evenly, not at once: after a third of its time a third of
    /// it is there.
    pub fn count(&self, key: &K) -> Allowance {
        self.evict_idle();
        match self.limiter.check_key(key) {
            Ok(state) => Allowance::Remaining(state.remaining_burst_capacity()),
            Err(until) => Allowance::After(until.wait_time_from(self.limiter.clock().now())),
        }
    }

    /// Forgetting a key with a full quota changes nothing for it, as a new key begins full.
    fn evict_idle(&self) {
        let now = self.limiter.clock().now().as_u64() / 1_000_000_000;
        let due = self.evict_at.load(Ordering::Relaxed);
        let next = now + EVICTION_INTERVAL.as_secs();
        // The compare-and-set elects one request to evict.
        if now >= due
            && self
                .evict_at
                .compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
        {
            self.limiter.retain_recent();
        }
    }
}

/// So many a minute, all of them at once if need be.
///
/// For callers that are named in settings by requests per minute.
#[must_use]
pub const fn per_minute(requests: NonZeroU32) -> Quota {
    Quota::per_minute(requests)
}

/// So many a second, and `burst` at once.
///
/// `burst` is what a page with its parts asks for at once.
#[must_use]
pub const fn per_second(requests: NonZeroU32, burst: NonZeroU32) -> Quota {
    Quota::per_second(requests).allow_burst(burst)
}

/// Our clock as `governor` expects it: time elapsed since the start.
///
/// `governor` measures in nanoseconds since its own start; times before it count as zero.
#[derive(Debug, Clone)]
struct MonotonicClock {
    clock: Arc<dyn Clock>,
    start: Timestamp,
}

impl governor::clock::Clock for MonotonicClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let elapsed = self.clock.now().duration_since(self.start);
        Duration::try_from(elapsed).unwrap_or_default().into()
    }
}

#[cfg(test)]
mod tests {
    use ambient::VirtualClock;
    use jiff::SignedDuration;

    use super::*;

    fn number(of: u32) -> NonZeroU32 {
        NonZeroU32::new(of).unwrap()
    }

    #[test]
    fn a_key_has_its_burst_then_its_rate_and_takes_no_memory_when_idle() {
        let clock = VirtualClock::at("2027-01-04T08:00:00Z".parse().unwrap());
        let quota = per_second(number(10), number(20));
        let limit = RateLimit::new(quota, Arc::new(clock.clone()));
        for left in (0..20).rev() {
            assert_eq!(limit.count(&"a"), Allowance::Remaining(left));
        }
        assert_eq!(limit.count(&"a"), Allowance::After(Duration::from_millis(100)));
        assert_eq!(limit.count(&"b"), Allowance::Remaining(19), "another key has its own");
        clock.advance(SignedDuration::from_millis(500));
        let allowed =
            (0..20).filter(|_| limit.count(&"a") != Allowance::After(Duration::from_millis(100)));
        assert_eq!(allowed.count(), 5);
        assert_eq!(limit.limiter.len(), 2);
        clock.advance(SignedDuration::from_secs(120));
        limit.count(&"c");
        limit.count(&"c");
        assert_eq!(limit.limiter.len(), 1, "idle keys are evicted");
    }
}
