//! A visit must be booked some minutes before it starts.

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Attempt, Finding, Refusal, Rule, RuleProblem, RuleProblemKind, RuleSettings};

/// See the module.
pub struct LeadTime;

/// Minutes that a visit must be booked before it starts. Staff may book later, as in ZMS.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Minutes between booking and start, for example 120.
    pub minutes: u32,
}

impl Rule for LeadTime {
    type Settings = Settings;

    const PROBLEM: RuleProblem = RuleProblem {
        code: "too-short-notice",
        title: "It is too late to book this slot.",
        advice: "Choose a slot that starts after `earliest`.",
        kind: RuleProblemKind::Invalid,
    };

    fn check(settings: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        let earliest = attempt
            .now
            .saturating_add(SignedDuration::from_mins(i64::from(settings.minutes)))
            .unwrap_or(jiff::Timestamp::MAX);
        if attempt.channel == calendar::Channel::Staff || attempt.start >= earliest {
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
            "for days, set `booking_window.from_days` instead",
        )]
    }
}
