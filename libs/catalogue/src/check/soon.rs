//! Locations that open on no day of the next weeks although a rule says so.
//!
//! Looks at calendar days from today on, so its findings change with the date: a catalogue that was
//! clean may get one by waiting.

use booking::rules::Finding;
use jiff::{ToSpan as _, civil::Date};

use super::Dated;
use crate::{Catalogue, Location};

/// So many days without one that is open are a closure too long, or a slip of a date.
const DAYS: usize = 60;

/// A rule that begins later cannot be booked for a year, and may have the wrong one.
const LATER_DAYS: i32 = 365;

/// From here on the year is wrong for sure, which `dates` says.
const FAR_DAYS: i32 = 10 * 366;

/// `today` is the local day (Europe/Berlin). Public holidays count as closed days.
pub(super) fn check(catalogue: &Catalogue, today: Date, dated: &mut Dated) {
    for (id, place) in catalogue.locations() {
        let path = format!("catalogue.locations.{id}");
        let days = || today.series(1.day()).take(DAYS);
        let is_meant_open =
            |date: Date| place.opening.values().any(|rule| rule.hours_on(date).is_some());
        let is_closed =
            |date: Date| catalogue.day_plan(id, date).is_none_or(|plan| plan.is_closed());
        if days().any(is_meant_open) && days().all(is_closed) {
            let problem = format!("is closed on each of the next {DAYS} days, against its hours");
            let remedy = "shorten the closures, or say when it opens by `validFrom` of its rules";
            dated.findings.push(Finding::new(path, problem, remedy));
        } else {
            begins_late(place, &path, today, dated);
        }
    }
}

/// A finding if nothing opens before; else a note, since the next year may be planned.
fn begins_late(place: &Location, path: &str, today: Date, dated: &mut Dated) {
    let ahead = |days: i32| today.saturating_add(i64::from(days).days());
    let is_late = |first: Date| first > ahead(LATER_DAYS) && first <= ahead(FAR_DAYS);
    let rules = || place.opening.iter().map(|(name, rule)| (name, rule.valid_from));
    let nothing_before =
        rules().all(|(_, first)| first.is_some_and(is_late)) && place.exceptions.is_empty();
    for (name, first) in rules() {
        let Some(first) = first.filter(|first| is_late(*first)) else { continue };
        let path = format!("{path}.opening.{name}.validFrom");
        let list = if nothing_before { &mut dated.findings } else { &mut dated.notes };
        let problem = format!("begins in more than a year, on {first}");
        list.push(Finding::new(path, problem, "correct the year, unless that is meant"));
    }
}
