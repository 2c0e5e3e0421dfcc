//! What time it is, and the one time zone in which Berlin's offices live.
//!
//! Instants are [`Timestamp`]s in UTC everywhere: in databases, events, tokens and APIs. They
//! become local time only where a person reads them or a rule speaks of days ("30 days ahead",
//! "until midnight"); then the zone is [`berlin`].

use std::{
    fmt,
    sync::{Arc, Mutex},
};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// The IANA name of the one civil time zone of all Berlin authorities.
pub const BERLIN: &str = "Europe/Berlin";

/// The time zone [`BERLIN`] from the bundled database, so that a pod without zone files works.
///
/// Berlin's offset from UTC is one hour, two in summer. It changes at 01:00 UTC on the last
/// Sunday of March and of October (directive 2000/84/EC). Never add 24 hours for a day: a local
/// day has 23, 24 or 25.
///
/// # Panics
/// Never: the database is compiled in, and the tests of the crates that use it would fail
/// first.
#[must_use]
pub fn berlin() -> TimeZone {
    TimeZone::get(BERLIN).expect("the bundled time zone database contains Europe/Berlin")
}

/// Tells the current instant.
///
/// Take it as `&dyn Clock` wherever a decision depends on the present moment; the same decision
/// can then be tried on the night of a clock change. What only needs a moment takes a
/// [`Timestamp`].
pub trait Clock: Send + Sync + fmt::Debug {
    /// The current instant. It may step backwards when the operating system corrects its clock.
    ///
    /// So an elapsed time measured with it can be negative: use it for deadlines that other
    /// processes share, not for measuring how long something took.
    fn now(&self) -> Timestamp;
}

/// The operating system's clock.
///
/// Made once in a service's `main` and passed down.
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
    ///
    /// Tests of clock changes move by elapsed time: an hour on 28 March 2027 from 00:30 UTC
    /// leads from 01:30 to 03:30 on the wall.
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
