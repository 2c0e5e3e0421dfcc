//! Who missed an appointment without cancelling waits before booking again.

use calendar::Channel;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Attempt, Finding, Refusal, Rule, RuleProblem, RuleProblemKind, RuleSettings};

/// See the module.
pub struct CoolDown;

/// Who missed an appointment without cancelling waits before booking again (ZMS knows none).
/// Staff may book for the person all the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CoolDown")]
pub struct Settings {
    /// How many days (of 24 hours) from the moment at which staff marked it as missed.
    #[schemars(range(min = 1, max = 365))]
    pub days: u16,
}

impl Rule for CoolDown {
    type Settings = Settings;

    const KEY: &'static str = "coolDown";

    const PROBLEM: RuleProblem = RuleProblem {
        code: "cooling-down",
        title: "The person missed an appointment and must wait before booking again.",
        advice: "Book after `until`, or ask the authority.",
        kind: RuleProblemKind::Conflict,
    };

    fn check(settings: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        let missed = attempt.person.and_then(|person| person.last_missed);
        let (Some(missed), false) = (missed, attempt.channel == Channel::Staff) else {
            return Ok(());
        };
        let wait = SignedDuration::from_hours(24 * i64::from(settings.days));
        let until = missed.saturating_add(wait).unwrap_or(Timestamp::MAX);
        if attempt.now >= until {
            return Ok(());
        }
        let detail = "An appointment in this group was missed without cancelling.";
        Err(Refusal::new(Self::PROBLEM, detail).with("until", until))
    }

    fn lint(settings: &Settings, _: &RuleSettings) -> Vec<Finding> {
        if (1..=92).contains(&settings.days) {
            return Vec::new();
        }
        vec![Finding::new(
            "days",
            format!("{} days are no proportionate wait", settings.days),
            "set 1 to 92 days, or leave the rule out",
        )]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Person, attempt::example};

    #[test]
    fn who_missed_waits_to_the_second_and_staff_may_help() {
        let check = |ago: SignedDuration, channel| {
            let now = example().now;
            let person = Person { last_missed: Some(now - ago), ..Person::default() };
            let attempt = Attempt { person: Some(&person), channel, ..example() };
            CoolDown::check(&Settings { days: 14 }, &attempt)
        };
        let fortnight = SignedDuration::from_hours(14 * 24);
        assert_eq!(check(fortnight, Channel::Public), Ok(()));
        let refusal = check(fortnight - SignedDuration::from_secs(1), Channel::Public).unwrap_err();
        assert_eq!(refusal.facts, [("until", "2027-01-04T07:00:01Z".into())]);
        assert_eq!(check(SignedDuration::ZERO, Channel::Staff), Ok(()));
        let innocent = Attempt { person: Some(&Person::default()), ..example() };
        assert_eq!(CoolDown::check(&Settings { days: 14 }, &innocent), Ok(()));
    }
}
