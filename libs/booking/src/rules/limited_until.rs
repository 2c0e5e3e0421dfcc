//! From when on the limits of a person let them book again.
//!
//! For what is said before a person gives something up: the rules are asked with what they are about
//! to do, so that no page can promise what a rule refuses afterwards.

use jiff::Timestamp;

use super::{
    Attempt, Fact, Refusal, Rule, RuleSettings, abandoned_holds::AbandonedHolds,
    cancellations::Cancellations, cool_down::CoolDown, seat_minutes::SeatMinutes,
};

/// Until when the limits among `rules` refuse `attempt`; `None`: they allow it.
///
/// UTC. Only the rules that count what the person did before are asked.
#[must_use]
pub fn limited_until(rules: &RuleSettings, attempt: &Attempt<'_>) -> Option<Timestamp> {
    let outcomes = [
        rules.abandoned_holds.as_ref().map(|it| AbandonedHolds::check(it, attempt)),
        rules.cancellations.as_ref().map(|it| Cancellations::check(it, attempt)),
        rules.seat_minutes.as_ref().map(|it| SeatMinutes::check(it, attempt)),
        rules.cool_down.as_ref().map(|it| CoolDown::check(it, attempt)),
    ];
    let refusals = outcomes.into_iter().flatten().filter_map(Result::err);
    refusals.filter_map(|refusal| end_of(&refusal)).max()
}

/// The argument `until`, which each refusal of a limit carries.
fn end_of(refusal: &Refusal) -> Option<Timestamp> {
    refusal.facts.iter().find_map(|(name, fact)| match fact {
        Fact::Instant(at) if *name == "until" => Some(*at),
        Fact::Instant(_) | Fact::Number(_) | Fact::Text(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::rules::{
        History, HistoryKind, Person, attempt::example, cancellations, cool_down, history,
    };

    fn until(rules: &RuleSettings, days_ago: &[(HistoryKind, i64)]) -> Option<Timestamp> {
        let event = |(kind, days): &(HistoryKind, i64)| {
            history::example(*kind, SignedDuration::from_hours(24 * days))
        };
        let history = History::new(days_ago.iter().map(event));
        let person = Person { history, ..Person::default() };
        limited_until(rules, &Attempt { person: Some(&person), ..example() })
    }

    #[test]
    fn the_latest_end_of_all_limits_counts() {
        let rules = RuleSettings {
            cancellations: Some(cancellations::Settings { max: 1, days: 30 }),
            cool_down: Some(cool_down::Settings { days: 7, late_cancellation_hours: None }),
            ..RuleSettings::default()
        };
        let now = example().now;
        let in_days = |days: i64| Some(now + SignedDuration::from_hours(24 * days));
        assert_eq!(until(&rules, &[(HistoryKind::Cancelled, 0)]), None);
        let missed = (HistoryKind::Missed, 1);
        assert_eq!(until(&rules, &[(HistoryKind::Cancelled, 0), missed]), in_days(6));
        let often = [(HistoryKind::Cancelled, 0), (HistoryKind::Moved, 10), missed];
        assert_eq!(until(&rules, &often), in_days(20));
        assert_eq!(until(&RuleSettings::default(), &often), None);
    }
}
