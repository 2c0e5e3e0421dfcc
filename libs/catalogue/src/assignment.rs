//! How an office gives dates to applications on file.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The office gives a date; the person accepts or declines it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct Assignment {
    /// For how many days a date is kept for an answer. A date without an answer lapses, and the office
    /// gives another one.
    #[schemars(range(min = 1, max = 90))]
    pub answer_days: u16,
}

/// Two weeks: longer than a letter and a holiday of a week take.
impl Default for Assignment {
    fn default() -> Self {
        Self { answer_days: 14 }
    }
}

impl Assignment {
    /// Until when a date that is given at `now` can be answered, if its seat is of use to others until
    /// `usable_until`.
    #[must_use]
    pub fn answer_by(self, now: Timestamp, usable_until: Timestamp) -> Timestamp {
        let days = SignedDuration::from_hours(24 * i64::from(self.answer_days));
        now.saturating_add(days).map_or(usable_until, |by| by.min(usable_until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_kept_for_days_and_not_longer_than_it_is_of_use() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let by = |usable| Assignment::default().answer_by(at("2027-01-04T09:00:00Z"), at(usable));
        assert_eq!(by("2027-03-01T09:00:00Z"), at("2027-01-18T09:00:00Z"));
        assert_eq!(by("2027-01-07T08:00:00Z"), at("2027-01-07T08:00:00Z"));
    }
}
