//! What time it is.

use std::{
    fmt,
    sync::{Arc, Mutex},
};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// The IANA name of the one civil time zone of all Berlin authorities.
pub const BERLIN: &str = "Europe/Berlin";

/// The time zone [`BERLIN`] from the bundled database, so that a pod without zone files works.
#[must_use]
pub fn berlin() -> TimeZone {
    TimeZone::get(BERLIN).expect("the bundled time zone database contains Europe/Berlin")
}

/// Tells the current instant.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The current instant. It may step backwards when the operating system corrects its clock.
    fn now(&self) -> Timestamp;
}

/// The operating system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still until a test advances it. Clones share the same time.
#[derive(Debug, Clone)]
pub struct VirtualClock(Arc<Mutex<Timestamp>>);

impl VirtualClock {
    /// A clock that shows `instant`.
    #[must_use]
    pub fn at(instant: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(instant)))
    }

    /// Moves to `instant`, which may lie in the past.
    pub fn set(&self, instant: Timestamp) {
        *self.lock() = instant;
    }

    /// Moves by `duration`, backwards if it is negative. Stops at the ends of representable time.
    pub fn advance(&self, duration: SignedDuration) {
        let mut now = self.lock();
        *now = now.saturating_add(duration).unwrap_or(*now);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Timestamp> {
        // A panic elsewhere cannot leave a `Timestamp` half written.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        *self.lock()
    }
}
