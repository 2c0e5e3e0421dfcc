//! How an endpoint is: its circuit breaker (Nygard, *Release It!*), and when it is paused.
//!
//! Closed: deliveries go out. After some failures without a success between them it opens: nothing
//! goes out for a while. Then one delivery probes the endpoint (half-open): if it is taken, the
//! breaker closes and all that waited is due; if not, the next pause is longer. What fails for hours
//! is paused, until its agency resumes it.

use ambient::Entropy;
use jiff::{SignedDuration, Timestamp};

use super::{backoff, failure::Failure};

/// Failures without a success between them that open the breaker. One alone may be about one event.
const THRESHOLD: u32 = 3;
/// A receiver may ask for more time (`Retry-After`), but not for ever.
const MAX_RETRY_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// What is known of an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Health {
    /// Failures since the last success. Attempts that ran at the same time count as one.
    pub(crate) failures: u32,
    /// When the first of them was.
    pub(crate) failing_since: Option<Timestamp>,
    /// The newest failure, also after a success.
    pub(crate) last_failure: Option<(Failure, Timestamp)>,
    /// When the next probe may begin; the breaker is not closed.
    pub(crate) retry_at: Option<Timestamp>,
}

/// What the circuit breaker lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breaker {
    /// Everything.
    Closed,
    /// Nothing before that instant.
    Open(Timestamp),
    /// One attempt.
    HalfOpen,
}

/// What follows from a failure for the endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consequence {
    /// Its deliveries are tried again.
    GoesOn,
    /// The breaker opened just now.
    Opens,
    /// It is paused until its agency resumes it.
    Pauses,
}

impl Health {
    /// Where the circuit breaker stands.
    pub(crate) fn breaker(&self, now: Timestamp) -> Breaker {
        match self.retry_at {
            None => Breaker::Closed,
            Some(at) if at > now => Breaker::Open(at),
            Some(_) => Breaker::HalfOpen,
        }
    }

    /// Whether its last attempt failed.
    pub(crate) fn is_troubled(&self) -> bool {
        self.failures > 0 || self.retry_at.is_some()
    }

    /// Takes note of an attempt that began at `began` and failed now. An endpoint that has failed for
    /// `pause_after`, or that wants no more events, is to be paused.
    pub(crate) fn failed(
        &mut self,
        failure: Failure,
        (began, now): (Timestamp, Timestamp),
        pause_after: SignedDuration,
        entropy: &dyn Entropy,
    ) -> Consequence {
        let counted = self.last_failure.is_some_and(|(_, at)| self.failures > 0 && began < at);
        if !counted {
            self.failures = self.failures.saturating_add(1);
        }
        let since = *self.failing_since.get_or_insert(now);
        let asked_for = match failure {
            Failure::Status { retry_after, .. } => retry_after.map(|it| it.min(MAX_RETRY_AFTER)),
            _ => None,
        };
        self.last_failure = Some((failure, now));
        if failure == Failure::Gone || now.duration_since(since) >= pause_after {
            return Consequence::Pauses;
        }
        // A breaker that is open for `Retry-After` may have counted fewer.
        let probes = self.failures.checked_sub(THRESHOLD).or(self.retry_at.map(|_| 0));
        let pause = probes.map(|probes| backoff::of_endpoint(probes, entropy)).max(asked_for);
        let Some(pause) = pause else { return Consequence::GoesOn };
        let was_closed = self.retry_at.is_none();
        self.retry_at = Some(now.saturating_add(pause).unwrap_or(now));
        if was_closed { Consequence::Opens } else { Consequence::GoesOn }
    }
}

#[cfg(test)]
mod tests {
    use ambient::SeededEntropy;

    use super::*;

    const HOURS: SignedDuration = SignedDuration::from_hours(6);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn fail(health: &mut Health, second: i64) -> Consequence {
        let now = at(second);
        health.failed(Failure::Timeout, (now, now), HOURS, &SeededEntropy::new(1))
    }

    #[test]
    fn three_failures_open_it_and_a_probe_follows_each_pause() {
        let mut health = Health::default();
        assert_eq!(fail(&mut health, 0), Consequence::GoesOn);
        assert_eq!(fail(&mut health, 1), Consequence::GoesOn);
        assert_eq!(health.breaker(at(1)), Breaker::Closed);
        assert_eq!(fail(&mut health, 2), Consequence::Opens);
        let Breaker::Open(until) = health.breaker(at(2)) else { panic!("{health:?}") };
        assert_eq!(health.breaker(until), Breaker::HalfOpen);
        let mut pause = until.duration_since(at(2));
        let mut now = until;
        for _ in 0..4 {
            let seconds = now.as_second();
            assert_eq!(fail(&mut health, seconds), Consequence::GoesOn);
            let Breaker::Open(until) = health.breaker(at(seconds)) else { panic!("{health:?}") };
            assert!(until.duration_since(at(seconds)) > pause, "pauses grow: {health:?}");
            pause = until.duration_since(at(seconds));
            now = until;
        }
    }

    #[test]
    fn attempts_that_fail_together_count_once() {
        let mut health = Health::default();
        for _ in 0..8 {
            let times = (at(0), at(15));
            health.failed(Failure::Timeout, times, HOURS, &SeededEntropy::new(1));
        }
        assert_eq!(health.failures, 1);
        assert_eq!(health.breaker(at(15)), Breaker::Closed);
    }

    #[test]
    fn hours_of_failure_pause_it_and_so_does_gone() {
        let mut health = Health::default();
        fail(&mut health, 0);
        assert_eq!(fail(&mut health, 6 * 3600 - 1), Consequence::GoesOn);
        assert_eq!(fail(&mut health, 6 * 3600), Consequence::Pauses);
        let gone =
            Health::default().failed(Failure::Gone, (at(0), at(0)), HOURS, &SeededEntropy::new(1));
        assert_eq!(gone, Consequence::Pauses);
    }

    /// Who asks for seconds again and again is asked as seldom as any other that fails.
    #[test]
    fn the_time_that_a_receiver_asks_for_never_shortens_a_pause() {
        let mut health = Health::default();
        let retry_after = Some(SignedDuration::from_secs(5));
        let mut now = at(0);
        let mut pause = SignedDuration::ZERO;
        for _ in 0..9 {
            let failure = Failure::Status { code: 429, retry_after };
            health.failed(failure, (now, now), HOURS, &SeededEntropy::new(1));
            let Breaker::Open(until) = health.breaker(now) else { panic!("{health:?}") };
            pause = until.duration_since(now);
            assert!(pause >= SignedDuration::from_secs(5), "{health:?}");
            now = until;
        }
        assert!(pause > SignedDuration::from_secs(200), "{pause:?}");
    }

    #[test]
    fn a_receiver_gets_the_time_that_it_asks_for_but_at_most_an_hour() {
        for (asked, granted) in [(120, 120), (86_400, 3600)] {
            let mut health = Health::default();
            let retry_after = Some(SignedDuration::from_secs(asked));
            let failure = Failure::Status { code: 503, retry_after };
            let times = (at(0), at(0));
            let follows = health.failed(failure, times, HOURS, &SeededEntropy::new(1));
            assert_eq!(follows, Consequence::Opens);
            assert_eq!(health.breaker(at(0)), Breaker::Open(at(granted)));
        }
    }
}
