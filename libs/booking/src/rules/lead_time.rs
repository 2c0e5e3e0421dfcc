//! A visit must be booked some minutes before it starts.

use calendar::Channel;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Attempt, Finding, Refusal, Rule, RuleProblem, RuleProblemKind, RuleSettings};

/// See the module.
pub struct LeadTime;

/// A visit must be booked some minutes before it starts. Staff may book until it starts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "LeadTime")]
pub struct Settings {
    /// Minutes between booking and start, for example 120.
    pub minutes: u32,
}

impl Rule for LeadTime {
    type Settings = Settings;

    const KEY: &'static str = "leadTime";

    const PROBLEM: RuleProblem = RuleProblem {
        code: "too-short-notice",
        title: "It is too late to book this slot.",
        advice: "Choose a slot that does not start before `earliest`.",
        kind: RuleProblemKind::Invalid,
    };

    fn check(settings: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        let ahead = SignedDuration::from_mins(i64::from(settings.minutes));
        let earliest = attempt.now.saturating_add(ahead).unwrap_or(Timestamp::MAX);
        if attempt.channel == Channel::Staff || attempt.start >= earliest {
            return Ok(());
        }
        let detail = format!("This must be booked {} minutes ahead.", settings.minutes);
        Err(Refusal::new(Self::PROBLEM, detail).with("earliest", earliest))
    }

    fn lint(settings: &Settings, _: &RuleSettings) -> Vec<Finding> {
        const A_WEEK: u32 = 7 * 24 * 60;
        if settings.minutes <= A_WEEK {
            return Vec::new();
        }
        vec![Finding::new(
            "minutes",
            format!("{} minutes are more than a week", settings.minutes),
            "for days, set `bookingWindow.fromDays` instead",
        )]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::attempt::example;

    fn check(start: &str, channel: Channel) -> Result<(), Refusal> {
        let attempt = Attempt { start: start.parse().unwrap(), channel, ..example() };
        LeadTime::check(&Settings { minutes: 120 }, &attempt)
    }

    #[test]
    fn a_slot_is_bookable_until_the_lead_time_begins() {
        assert_eq!(check("2027-01-04T09:00:00Z", Channel::Public), Ok(()));
        let refusal = check("2027-01-04T08:59:59Z", Channel::Phone).unwrap_err();
        assert_eq!(refusal.facts, [("earliest", "2027-01-04T09:00:00Z".into())]);
        assert_eq!(check("2027-01-04T07:05:00Z", Channel::Staff), Ok(()));
    }
}
