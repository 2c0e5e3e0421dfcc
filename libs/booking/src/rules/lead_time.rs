//! A visit must be booked some minutes before it starts.
//!
//! ```yaml
//! rules:
//!   leadTime: {minutes: 120}
//! ```
//!
//! For services that need a file fetched or a room prepared. It also decides how long before
//! its start a seat that was given up is still of use to others: see `usable_until` in
//! `services/slot/src/app/release_seat.rs`.
//!
//! For whole days see [`booking_window`](super::booking_window). This file is a short one to
//! copy for a new rule without facts about persons.

use calendar::Channel;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Attempt, CitizenText, CitizenTexts, Finding, Refusal, Rule, RuleProblem, RuleProblemKind,
    RuleSettings,
};

/// The rule `leadTime`.
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

    const PROBLEM: &'static RuleProblem = &RuleProblem {
        code: "too-short-notice",
        title: "It is too late to book this slot.",
        advice: "Choose a slot that does not start before `earliest`.",
        kind: RuleProblemKind::Invalid,
        arguments: &[],
        texts: &TEXTS,
    };

    /// The last slot that can be booked starts exactly `minutes` after the moment that is
    /// judged. A refusal carries `earliest`, the first start that is late enough. Staff are
    /// exempt: they see whether the desk is ready.
    fn check(settings: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        let ahead = SignedDuration::from_mins(i64::from(settings.minutes));
        let earliest = attempt.judged_at().saturating_add(ahead).unwrap_or(Timestamp::MAX);
        if attempt.channel == Channel::Staff || attempt.start >= earliest {
            return Ok(());
        }
        let detail = format!("This must be booked {} minutes ahead.", settings.minutes);
        Err(Refusal::new(Self::PROBLEM, detail).with("earliest", earliest))
    }

    /// Days are written as days: 10,080 minutes end at odd times of day.
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

/// Without the number of minutes: what helps is a later slot.
const TEXTS: CitizenTexts = CitizenTexts {
    de: CitizenText {
        title: "Dieser Termin ist zu kurzfristig",
        what: "Die Behörde braucht etwas Vorlauf.",
        advice: "Wählen Sie einen späteren Termin.",
    },
    en: CitizenText {
        title: "This appointment is too soon",
        what: "The authority needs some time to prepare.",
        advice: "Choose a later appointment.",
    },
    de_easy: CitizenText {
        title: "Der Termin ist zu bald",
        what: "Das Amt braucht mehr Zeit.",
        advice: "Wählen Sie einen späteren Termin.",
    },
    tr: CitizenText {
        title: "Bu randevu çok yakın",
        what: "Dairenin hazırlık için zamana ihtiyacı var.",
        advice: "Daha geç bir randevu seçin.",
    },
    uk: CitizenText {
        title: "До цього запису замало часу",
        what: "Установі потрібен час на підготовку.",
        advice: "Виберіть пізніший запис.",
    },
    ar: CitizenText {
        title: "هذا الموعد قريب جدًا",
        what: "تحتاج الدائرة إلى وقت للتحضير.",
        advice: "اختر موعدًا لاحقًا.",
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Fact, Phase, attempt::example};

    fn check(start: &str, channel: Channel) -> Result<(), Refusal> {
        let attempt = Attempt { start: start.parse().unwrap(), channel, ..example() };
        LeadTime::check(&Settings { minutes: 120 }, &attempt)
    }

    #[test]
    fn a_slot_is_bookable_until_the_lead_time_begins() {
        assert_eq!(check("2027-01-04T09:00:00Z", Channel::Public), Ok(()));
        let refusal = check("2027-01-04T08:59:59Z", Channel::Phone).unwrap_err();
        assert_eq!(refusal.facts, [("earliest", Fact::at("2027-01-04T09:00:00Z"))]);
        assert_eq!(check("2027-01-04T07:05:00Z", Channel::Staff), Ok(()));
    }

    #[test]
    fn a_slot_held_in_time_can_be_confirmed_later() {
        let start = "2027-01-04T08:55:00Z".parse().unwrap();
        let late = Attempt { start, ..example() };
        let held_at = late.now - SignedDuration::from_mins(5);
        let settings = Settings { minutes: 120 };
        assert!(LeadTime::check(&settings, &late).is_err());
        let confirm = Attempt { phase: Phase::Confirm { held_at }, ..late };
        assert_eq!(LeadTime::check(&settings, &confirm), Ok(()));
    }
}
