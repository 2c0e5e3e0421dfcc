//! What the limits of a person have in common: they count events and say when one may again.
//!
//! A limit is a sum over events that each stop counting at a moment of their own. The rules
//! ([`abandoned_holds`](super::abandoned_holds), [`cancellations`](super::cancellations),
//! [`declined_seats`](super::declined_seats), [`seat_minutes`](super::seat_minutes)) differ in
//! weights and moments only, so the arithmetic is here once, with a property test. Nothing is counted up in a database: a sum of the events
//! themselves cannot drift from them.

use jiff::{SignedDuration, Timestamp};

use super::{Attempt, Finding, History, HistoryKind, Refusal, Rule};

/// When no more than `most` counts: `None` if that is so at `at` already.
///
/// Each of `events` counts with its weight until the moment that stands beside it.
///
/// The first moment after `at` at which the sum of the rest is at most `most`. An event that
/// stops counting exactly at `at` counts no more. The order of `events` does not matter.
pub(super) fn within_again(
    at: Timestamp,
    most: u32,
    events: impl IntoIterator<Item = (Timestamp, u32)>,
) -> Option<Timestamp> {
    let mut counted: Vec<_> = events.into_iter().filter(|(until, _)| *until > at).collect();
    counted.sort_unstable();
    let mut sum: u64 = counted.iter().map(|(_, weight)| u64::from(*weight)).sum();
    let mut again = None;
    for (until, weight) in counted {
        if sum <= u64::from(most) {
            break;
        }
        sum -= u64::from(weight);
        again = Some(until);
    }
    again
}

/// The check of a limit that counts all events of some kinds alike: at most `max` in the `window` before
/// the visit is judged. The first never counts, whatever is set.
///
/// # Errors
/// There were more; with the moment at which few enough of them are left in the window.
pub(super) fn check<R: Rule>(
    attempt: &Attempt<'_>,
    max: u16,
    window: SignedDuration,
    kinds: &[HistoryKind],
    detail: &str,
) -> Result<(), Refusal> {
    let Some(person) = attempt.limited_person() else { return Ok(()) };
    let at = attempt.judged_at();
    let counted = counted(&person.history, window, kinds, at);
    match within_again(at, u32::from(max.max(1)), counted) {
        None => Ok(()),
        Some(until) => Err(refuse::<R>(detail, until)),
    }
}

/// How many more events of `kinds` such a limit leaves free at `at`: with one more than these the
/// person waits.
pub(super) fn free_left(
    history: &History,
    max: u16,
    window: SignedDuration,
    kinds: &[HistoryKind],
    at: Timestamp,
) -> u16 {
    let used = counted(history, window, kinds, at).filter(|(until, _)| *until > at).count();
    max.max(1).saturating_sub(u16::try_from(used).unwrap_or(u16::MAX))
}

/// The events of `kinds` until `at`, each with the moment at which it stops counting.
fn counted<'h>(
    history: &'h History,
    window: SignedDuration,
    kinds: &'h [HistoryKind],
    at: Timestamp,
) -> impl Iterator<Item = (Timestamp, u32)> + 'h {
    let of_kinds = history.counted(at).filter(move |event| kinds.contains(&event.kind));
    of_kinds.map(move |event| (event.at + window, 1))
}

/// What the lint says of a `max` of such a limit.
pub(super) fn lint_max(max: u16) -> Option<Finding> {
    (max == 0).then(|| Finding::new("max", "the first never counts", "set it to 1 or more"))
}

/// A refusal with the rule, its end, and how staff can lift it.
///
/// `decided_by` is always the authority: a program may measure the limit, a person must be able
/// to have it lifted by a human.
pub(super) fn refuse<R: Rule>(detail: &str, until: Timestamp) -> Refusal {
    Refusal::new(R::PROBLEM, detail)
        .with("rule", R::KEY)
        .with("until", until)
        .with("decided_by", "authority")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sum_at(at: Timestamp, events: &[(Timestamp, u32)]) -> u32 {
        events.iter().filter(|(until, _)| *until > at).map(|(_, weight)| weight).sum()
    }

    proptest! {
        #[test]
        fn the_limit_ends_at_the_first_moment_at_which_little_enough_counts(
            events in prop::collection::vec((-50_i64..200, 0_u32..5), 0..20), most in 0_u32..12,
        ) {
            let at: Timestamp = "2027-01-04T07:00:00Z".parse().unwrap();
            let events: Vec<_> = events
                .into_iter()
                .map(|(minutes, weight)| (at + SignedDuration::from_mins(minutes), weight))
                .collect();
            match within_again(at, most, events.iter().copied()) {
                None => prop_assert!(sum_at(at, &events) <= most),
                Some(again) => {
                    prop_assert!(again > at);
                    prop_assert!(sum_at(again, &events) <= most);
                    let before = again - SignedDuration::from_nanos(1);
                    prop_assert!(sum_at(before, &events) > most);
                }
            }
        }
    }
}
