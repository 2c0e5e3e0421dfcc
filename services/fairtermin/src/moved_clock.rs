//! The one clock of the demo, which can be moved forward.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use ambient::{Clock, SystemClock, berlin};
use jiff::{SignedDuration, Span, Timestamp};

/// How people read a time in Berlin.
const SHOWN: &str = "%A, %-d %B %Y, %H:%M";

/// The system's clock and a shift. All services of the demo ask it, for holds and log-ins as for
/// everything else. Clones share it.
#[derive(Debug, Clone)]
pub struct MovedClock(Arc<Mutex<SignedDuration>>);

impl MovedClock {
    /// A clock that shows `now`; without it, the system's time.
    pub fn starting(now: Option<Timestamp>) -> Self {
        let shift = now.map(|now| now.duration_since(SystemClock.now()));
        Self(Arc::new(Mutex::new(shift.unwrap_or(SignedDuration::ZERO))))
    }

    /// Goes back by `before`, for what has to happen before the time that people see. Only before the first
    /// reading; [`go_on`](Self::go_on) brings the clock to that time.
    pub fn earlier_by(self, before: SignedDuration) -> Self {
        let mut shift = self.shift();
        *shift = shift.saturating_sub(before);
        drop(shift);
        self
    }

    /// Goes forward by this.
    pub fn go_on(&self, ahead: SignedDuration) {
        let mut shift = self.shift();
        *shift = shift.saturating_add(ahead);
    }

    /// Moves forward; `None` if `step` leads back or out of what can be represented. A day is a local
    /// one, as long as it is.
    pub fn move_by(&self, step: Span) -> Option<Timestamp> {
        let now = self.now();
        let then = now.to_zoned_datetime(berlin()).checked_add(step).ok()?.timestamp();
        let ahead = then.duration_since(now);
        if ahead.is_negative() {
            return None;
        }
        let mut shift = self.shift();
        *shift = shift.checked_add(ahead)?;
        Some(then)
    }

    /// What a person reads.
    pub fn shown(&self) -> String {
        self.now().to_zoned_datetime(berlin()).strftime(SHOWN).to_string()
    }

    /// Whether the system's clock shows another time.
    pub fn is_moved(&self) -> bool {
        !self.shift().is_zero()
    }

    /// Reads from the terminal how far to move, a line each, in a thread that ends with the process:
    /// nothing can interrupt it. What it says comes after `catch_up`.
    pub fn follow_terminal(&self, catch_up: impl Fn() + Send + 'static) {
        let clock = self.clone();
        thread::spawn(move || {
            for line in io::stdin().lines().map_while(Result::ok) {
                if let Some(answer) = clock.answer(line.trim()) {
                    catch_up();
                    println!("  {answer}");
                }
            }
        });
    }

    /// What is said to a line; nothing to an empty one.
    fn answer(&self, line: &str) -> Option<String> {
        if line.is_empty() {
            return None;
        }
        let step = line.strip_prefix('+').unwrap_or(line).trim().parse::<Span>().ok();
        Some(match step.and_then(|step| self.move_by(step)) {
            Some(_) => format!("It is {}.", self.shown()),
            None => "The clock goes forward only: +2h, +30m, +3d or +1w.".to_owned(),
        })
    }

    fn shift(&self) -> MutexGuard<'_, SignedDuration> {
        // A panic elsewhere cannot leave a duration half written.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        SystemClock.now().saturating_add(*self.shift()).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_earlier_goes_on_to_the_time_that_is_shown() {
        let clock = MovedClock::starting(None);
        assert!(!clock.is_moved());
        let clock = clock.earlier_by(SignedDuration::from_hours(1));
        assert!(clock.now() < SystemClock.now());
        clock.go_on(SignedDuration::from_hours(1));
        assert!(!clock.is_moved());
    }

    #[test]
    fn it_starts_where_it_is_told_and_goes_forward_only() {
        let start: Timestamp = "2027-03-27T09:00:00Z".parse().unwrap();
        let clock = MovedClock::starting(Some(start));
        assert!(clock.now() >= start);
        assert!(clock.now().duration_since(start) < SignedDuration::from_mins(1));
        // The night of the clock change: 23 hours are a local day.
        assert_eq!(clock.answer("+1d").unwrap(), "It is Sunday, 28 March 2027, 10:00.");
        assert_eq!(clock.answer("2h").unwrap(), "It is Sunday, 28 March 2027, 12:00.");
        for refused in ["-1h", "yesterday", "+"] {
            assert!(clock.answer(refused).unwrap().contains("forward only"), "{refused}");
        }
        assert_eq!(clock.answer(""), None);
        let shared = clock.clone();
        clock.answer("+1w");
        assert_eq!(shared.shown(), "Sunday, 4 April 2027, 12:00");
    }
}
