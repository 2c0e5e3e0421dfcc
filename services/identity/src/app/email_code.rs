//! How often a code is sent to an address and tried, and when the next one can be had.

use jiff::{SignedDuration, Timestamp};
use problem::{Problem, types};

use crate::store::email_claims::EmailClaim;

/// How long a code is accepted: mail may be slow, and people look for it.
pub(super) const MINUTES: u16 = 30;
/// How often a code may be tried.
pub(super) const MAX_TRIES: i64 = 5;
/// A repeated request for the same address sends no new code within this time, if the last one is valid.
const RESEND_INTERVAL: SignedDuration = SignedDuration::from_secs(60);
/// How many codes a person gets in [`WINDOW`]: no mailbox is flooded, and there are no more
/// guesses than five times five in a million.
const MAX_CODES_PER_WINDOW: i64 = 5;
const WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// How it stands with the code for an address that waits for its proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeStanding {
    /// None was sent.
    None,
    /// The newest one is accepted.
    Valid,
    /// The newest one is not accepted any more: it is too old, or was tried too often.
    Over,
}

impl CodeStanding {
    pub(crate) fn of(claim: &EmailClaim, now: Timestamp) -> Self {
        match claim.code_mac {
            None => Self::None,
            Some(_) if claim.tries < MAX_TRIES && claim.expires_at > now => Self::Valid,
            Some(_) => Self::Over,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Valid => "valid",
            Self::Over => "over",
        }
    }
}

/// From when on another code can be sent to the same address.
pub(super) fn next_at(claim: &EmailClaim, now: Timestamp) -> Timestamp {
    let window_ends = claim.window_began_at + WINDOW;
    if claim.sent >= MAX_CODES_PER_WINDOW && now < window_ends {
        return window_ends;
    }
    match CodeStanding::of(claim, now) {
        CodeStanding::Valid => (claim.sent_at + RESEND_INTERVAL).max(now),
        CodeStanding::None | CodeStanding::Over => now,
    }
}

/// The number of codes sent and since when; `None` if the last one is too recent to send another.
pub(super) fn another_code(
    now: Timestamp,
    before: Option<&EmailClaim>,
    is_same: bool,
) -> Result<Option<(i64, Timestamp)>, Problem> {
    let Some(before) = before else { return Ok(Some((1, now))) };
    // A code that was tried too often is of no use: the next one is not held up by it.
    let is_valid = CodeStanding::of(before, now) == CodeStanding::Valid;
    if is_valid && is_same && now.duration_since(before.sent_at) < RESEND_INTERVAL {
        return Ok(None);
    }
    let age = now.duration_since(before.window_began_at);
    if age >= WINDOW {
        return Ok(Some((1, now)));
    }
    if before.sent >= MAX_CODES_PER_WINDOW {
        let wait = u64::try_from((WINDOW - age).as_secs()).unwrap_or(1).max(1);
        let problem = Problem::new(&types::RATE_LIMITED).retry_after(wait);
        let problem = problem.with("next_at", next_at(before, now).to_string());
        return Err(problem.detail("email: that is enough codes for one day."));
    }
    Ok(Some((before.sent + 1, before.window_began_at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(sent: i64, now: Timestamp) -> EmailClaim {
        EmailClaim {
            sealed_email: None,
            code_mac: Some(String::new()),
            expires_at: now + SignedDuration::from_mins(30),
            tries: 0,
            sent,
            sent_at: now,
            window_began_at: now,
        }
    }

    #[test]
    fn codes_are_few_and_a_second_click_sends_none() {
        let now: Timestamp = "2027-01-04T08:00:00Z".parse().unwrap();
        let later = |seconds| now + SignedDuration::from_secs(seconds);
        assert_eq!(another_code(now, None, false).unwrap(), Some((1, now)));
        assert_eq!(another_code(later(59), Some(&claim(1, now)), true).unwrap(), None);
        assert_eq!(another_code(later(60), Some(&claim(1, now)), true).unwrap(), Some((2, now)));
        assert_eq!(another_code(later(1), Some(&claim(1, now)), false).unwrap(), Some((2, now)));
        let problem = another_code(later(3600), Some(&claim(5, now)), false).unwrap_err();
        assert_eq!(problem.kind().code, "rate-limited");
        let next_day = later(24 * 3600);
        let fresh = another_code(next_day, Some(&claim(5, now)), false).unwrap();
        assert_eq!(fresh, Some((1, next_day)));
    }

    #[test]
    fn a_code_that_was_tried_too_often_holds_up_no_other_one() {
        let now: Timestamp = "2027-01-04T08:00:00Z".parse().unwrap();
        let burnt = EmailClaim { tries: MAX_TRIES, ..claim(1, now) };
        assert_eq!(CodeStanding::of(&burnt, now), CodeStanding::Over);
        assert_eq!(another_code(now, Some(&burnt), true).unwrap(), Some((2, now)));
        assert_eq!(next_at(&burnt, now), now);
        let minute = now + RESEND_INTERVAL;
        assert_eq!(next_at(&claim(1, now), now), minute);
        assert_eq!(next_at(&claim(1, now), minute), minute);
        assert_eq!(next_at(&EmailClaim { sent: 5, ..burnt }, now), now + WINDOW);
    }
}
