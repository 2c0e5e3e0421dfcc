//! The days of which tests speak.

use jiff::{
    Span, Timestamp,
    civil::{Date, Time},
};

use super::{Office, TestClock};

impl Office {
    /// A week from the office's today: a day on which everything is free. By a clock that goes on by itself it is the
    /// same day throughout a test, also at midnight.
    pub fn next_week(&self) -> Date {
        let today = match &self.clock {
            TestClock::Virtual(_) => self.clock.today(),
            TestClock::System | TestClock::Ahead(_) => self.began,
        };
        today.saturating_add(Span::new().days(7))
    }

    /// The instant of a local time of day on [`Office::next_week`].
    pub fn at(&self, time: &str) -> Timestamp {
        let time: Time = time.parse().unwrap();
        let local = self.next_week().to_datetime(time);
        ambient::berlin().to_timestamp(local).unwrap()
    }
}
