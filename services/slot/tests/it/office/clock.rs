//! The clock of the service under test.

use std::sync::Arc;

use ambient::{Clock, SystemClock, VirtualClock};
use jiff::{SignedDuration, Timestamp, civil::Date};

/// The clock of the service under test.
#[derive(Debug, Clone)]
pub enum TestClock {
    Virtual(VirtualClock),
    System,
    /// The system's, so much ahead: the clock of a machine that nobody set right.
    Ahead(SignedDuration),
}

#[derive(Debug)]
struct AheadClock(SignedDuration);

impl Clock for AheadClock {
    fn now(&self) -> Timestamp {
        SystemClock.now() + self.0
    }
}

impl TestClock {
    pub fn now(&self) -> Timestamp {
        self.as_dyn().now()
    }

    /// The day in Berlin.
    pub fn today(&self) -> Date {
        ambient::berlin().to_datetime(self.now()).date()
    }

    pub fn advance(&self, duration: SignedDuration) {
        match self {
            Self::Virtual(clock) => clock.advance(duration),
            Self::System | Self::Ahead(_) => panic!("nobody can move the system's clock"),
        }
    }

    pub(super) fn as_dyn(&self) -> Arc<dyn Clock> {
        match self {
            Self::Virtual(clock) => Arc::new(clock.clone()),
            Self::System => Arc::new(SystemClock),
            Self::Ahead(ahead) => Arc::new(AheadClock(*ahead)),
        }
    }
}
