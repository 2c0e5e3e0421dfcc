//! Rules that open a location: weekly ones and one-off exceptions.
//!
//! A rule says on which days it holds ([`OpeningRule::hours_on`]) and what is offered then.
//! Whether a closure, an exception or a holiday wins over it is decided by
//! [`Opening`](crate::Opening).

use jiff::{ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{DeskCounts, Hours, OwnBookable, WeekHours, schema::date as date_schema};

/// The slot length unless a rule states one, ZMS's own default.
pub const DEFAULT_SLOT_MINUTES: u16 = 10;

/// A weekly opening rule (ZMS: *availability* of type `appointment`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OpeningRule {
    /// Opening hours by weekday, in local time (ZMS: `weekday`, `startTime`, `endTime`).
    pub hours: WeekHours,
    /// The first day on which the rule holds (ZMS: `startDate`). Default: always has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "date_schema")]
    pub valid_from: Option<Date>,
    /// The last day on which the rule holds (ZMS: `endDate`). Default: until further notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "date_schema")]
    pub valid_to: Option<Date>,
    /// Only every n-th week, counted from the week of `validFrom` (ZMS: `repeat.afterWeeks`).
    /// Together with `weeksOfMonth` a day counts if either matches, as in ZMS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 52))]
    pub every_nth_week: Option<u8>,
    /// Only on the n-th such weekday of a month; 5 is the last one (ZMS: `repeat.weekOfMonth`).
    /// Week n is days 7n-6 to 7n, not the week of a calendar.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(range(min = 1, max = 5)))]
    pub weeks_of_month: Vec<u8>,
    /// Length of one slot (ZMS: `slotTimeInMinutes`). What is left at closing time and is
    /// shorter than a slot is not offered.
    #[serde(default = "default_slot_minutes")]
    #[schemars(range(min = 1, max = 480))]
    pub slot_minutes: u16,
    /// Whether a visit may take several slots in a row (ZMS: `multipleSlotsAllowed`). If not,
    /// every visit takes one slot.
    #[serde(default = "yes")]
    pub multiple_slots: bool,
    /// Desks per channel (ZMS: `workstationCount`). Default: all desks for everyone.
    #[serde(default)]
    pub desks: DeskCounts,
    /// Booking window (ZMS: `bookable`). Default, for each of its fields: that of the location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bookable: Option<OwnBookable>,
}

/// Special hours on single days: on these, and only on these, they hold instead of all weekly
/// rules and even if the day is a public holiday (ZMS: *availability* of kind `exception`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Exception {
    /// The days.
    #[schemars(schema_with = "crate::schema::dates")]
    pub dates: Vec<Date>,
    /// Opening hours on each of these days.
    pub hours: Hours,
    /// As in a weekly rule.
    #[serde(default = "default_slot_minutes")]
    #[schemars(range(min = 1, max = 480))]
    pub slot_minutes: u16,
    /// As in a weekly rule.
    #[serde(default = "yes")]
    pub multiple_slots: bool,
    /// As in a weekly rule.
    #[serde(default)]
    pub desks: DeskCounts,
    /// As in a weekly rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bookable: Option<OwnBookable>,
}

/// serde asks for a function.
const fn default_slot_minutes() -> u16 {
    DEFAULT_SLOT_MINUTES
}

const fn yes() -> bool {
    true
}

impl OpeningRule {
    /// The hours that this rule gives `date`, closures and holidays aside.
    ///
    /// `None` if the rule does not hold on that day: outside its dates, on another weekday, or
    /// in another week. The conditions are independent; a further one is a further `&&`.
    #[must_use]
    pub fn hours_on(&self, date: Date) -> Option<&Hours> {
        let valid = self.valid_from.is_none_or(|first| first <= date)
            && self.valid_to.is_none_or(|last| date <= last);
        self.hours.on(date.weekday()).filter(|_| valid && self.repeats_on(date))
    }

    /// A rule that states no rhythm holds every week. One that states two holds if either is
    /// met, as in ZMS: "every second week, and on the last Friday in any case".
    fn repeats_on(&self, date: Date) -> bool {
        if self.every_nth_week.is_none() && self.weeks_of_month.is_empty() {
            return true;
        }
        self.in_nth_week(date) || self.weeks_of_month.iter().any(|week| is_nth(date, *week))
    }

    /// Weeks run from Monday to Sunday. The week of `validFrom` is the first, even if that day
    /// is a Sunday.
    fn in_nth_week(&self, date: Date) -> bool {
        match (self.every_nth_week, self.valid_from) {
            (None, _) => false,
            (Some(0 | 1), _) => true,
            // The catalogue refuses an n-th week without a first one.
            (Some(_), None) => false,
            (Some(n), Some(first)) => {
                let days = (monday_of(date) - monday_of(first)).get_days();
                (days / 7) % i32::from(n) == 0
            }
        }
    }
}

/// Whether `date` is the `n`-th of its weekday in the month; 5 is the last.
///
/// January 2027 has five Fridays and four Mondays: its last Monday is the fourth, and `5` finds
/// both that and the fifth Friday.
fn is_nth(date: Date, n: u8) -> bool {
    let week = (date.day() - 1) / 7 + 1;
    let is_last = date.day() + 7 > date.days_in_month();
    i8::try_from(n).is_ok_and(|n| n == week) || (n >= 5 && is_last)
}

/// The Monday on or before `date`.
fn monday_of(date: Date) -> Date {
    date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(extra: impl FnOnce(&mut OpeningRule)) -> OpeningRule {
        let day: Option<Hours> = Some("08:00-12:00".parse().unwrap());
        let mut rule = OpeningRule {
            hours: WeekHours { monday: day.clone(), friday: day, ..WeekHours::default() },
            valid_from: None,
            valid_to: None,
            every_nth_week: None,
            weeks_of_month: vec![],
            slot_minutes: 10,
            multiple_slots: true,
            desks: DeskCounts::default(),
            bookable: None,
        };
        extra(&mut rule);
        rule
    }

    fn open(rule: &OpeningRule, from: &str, days: i64) -> Vec<String> {
        let first: Date = from.parse().unwrap();
        (0..days)
            .map(|n| first.checked_add(n.days()).unwrap())
            .filter(|date| rule.hours_on(*date).is_some())
            .map(|date| date.to_string())
            .collect()
    }

    #[test]
    fn a_plain_rule_holds_every_week_between_its_dates_inclusive() {
        let rule = rule(|rule| {
            rule.valid_from = Some("2027-01-04".parse().unwrap());
            rule.valid_to = Some("2027-01-11".parse().unwrap());
        });
        assert_eq!(open(&rule, "2026-12-25", 40), ["2027-01-04", "2027-01-08", "2027-01-11"]);
    }

    #[test]
    fn every_second_week_counts_from_the_monday_of_the_first_day() {
        let rule = rule(|rule| {
            // A Wednesday: its week is the first one, and its Friday is open.
            rule.valid_from = Some("2027-01-06".parse().unwrap());
            rule.every_nth_week = Some(2);
        });
        assert_eq!(
            open(&rule, "2027-01-01", 32),
            ["2027-01-08", "2027-01-18", "2027-01-22", "2027-02-01"]
        );
    }

    #[test]
    fn the_nth_weekday_is_counted_in_days_and_five_is_the_last() {
        let nth = |weeks: &[u8]| rule(|rule| rule.weeks_of_month = weeks.to_vec());
        assert_eq!(open(&nth(&[1]), "2027-01-01", 31), ["2027-01-01", "2027-01-04"]);
        assert_eq!(
            open(&nth(&[2, 4]), "2027-01-01", 31),
            ["2027-01-08", "2027-01-11", "2027-01-22", "2027-01-25"]
        );
        // January 2027 has five Fridays and four Mondays.
        assert_eq!(open(&nth(&[5]), "2027-01-01", 31), ["2027-01-25", "2027-01-29"]);
    }

    #[test]
    fn nth_week_and_week_of_month_are_alternatives_as_in_zms() {
        let rule = rule(|rule| {
            rule.valid_from = Some("2027-01-04".parse().unwrap());
            rule.every_nth_week = Some(4);
            rule.weeks_of_month = vec![2];
        });
        assert_eq!(open(&rule, "2027-01-04", 28), ["2027-01-04", "2027-01-08", "2027-01-11"]);
    }
}
