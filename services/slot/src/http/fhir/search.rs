//! Search parameters (FHIR R4 section 3.1.1).

use std::str::FromStr;

use ids::LocationId;
use jiff::{ToSpan as _, civil::Date};

use crate::http::values::Day;

/// How many days one search covers.
const LONGEST_DAYS: i32 = 14;
/// How many if the search does not say.
const USUAL_DAYS: i32 = 7;

/// A schedule by id, with or without its type (section 3.1.1.4.13).
pub(super) struct ScheduleReference(pub LocationId);

impl FromStr for ScheduleReference {
    type Err = <LocationId as FromStr>::Err;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.strip_prefix("Schedule/").unwrap_or(text).parse().map(Self)
    }
}

/// A bound of the start, with the prefixes that we need of section 3.1.1.4.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// `ge`
    From(Date),
    /// `lt`
    Before(Date),
}

impl FromStr for Start {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bound = match text.split_at_checked(2) {
            Some(("ge", date)) => date.parse().map(|Day(date)| Self::From(date)),
            Some(("lt", date)) => date.parse().map(|Day(date)| Self::Before(date)),
            _ => return Err("begins with `ge` or `lt`"),
        };
        bound.map_err(|_| "is `ge` or `lt` and a day, for example `ge2027-01-05`")
    }
}

/// The local days of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    next: Date,
    end: Date,
}

impl Days {
    pub(super) fn new(starts: &[Start]) -> Result<Self, &'static str> {
        let (from, end) = match starts {
            [Start::From(from)] => (*from, from.saturating_add(USUAL_DAYS.days())),
            [Start::From(from), Start::Before(end)] | [Start::Before(end), Start::From(from)] => {
                (*from, *end)
            }
            _ => return Err("name `ge` and a day, and perhaps `lt` and a day"),
        };
        if end <= from {
            return Err("`lt` is not after `ge`");
        }
        if end > from.saturating_add(LONGEST_DAYS.days()) {
            return Err("ask for at most 14 days");
        }
        Ok(Self { next: from, end })
    }
}

impl Iterator for Days {
    type Item = Date;

    fn next(&mut self) -> Option<Date> {
        let date = self.next;
        self.next = date.tomorrow().unwrap_or(self.end);
        (date < self.end).then_some(date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(starts: &[&str]) -> Result<usize, &'static str> {
        let starts: Result<Vec<_>, _> = starts.iter().map(|start| start.parse()).collect();
        Days::new(&starts?).map(Iterator::count)
    }

    #[test]
    fn a_search_names_its_days() {
        assert_eq!(days(&["ge2027-01-05"]), Ok(7));
        assert_eq!(days(&["lt2027-01-06", "ge2027-01-05"]), Ok(1));
        assert_eq!(days(&["ge2027-01-05", "lt2027-01-19"]), Ok(14));
        assert_eq!(days(&["ge9999-12-31"]), Err("`lt` is not after `ge`"));
        let wrong: [&[&str]; 7] = [
            &[],
            &["lt2027-01-05"],
            &["2027-01-05"],
            &["gemorgen"],
            &["ge2027-01-05", "lt2027-01-05"],
            &["ge2027-01-05", "lt2027-01-20"],
            &["ge2027-01-05", "ge2027-01-06"],
        ];
        assert!(wrong.iter().all(|starts| days(starts).is_err()));
    }
}
