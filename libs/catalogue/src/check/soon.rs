//! Locations that open on no day of the next weeks although a rule says so.
//!
//! Looks at calendar days from today on, so its findings change with the date: a catalogue that was
//! clean may get one by waiting.

use booking::rules::Finding;
use jiff::{ToSpan as _, civil::Date};

use ids::LocationId;

use super::{Dated, booking_windows};
use crate::{Catalogue, Location};

/// So many days without one that is open are a closure too long, or a slip of a date.
const DAYS: usize = 60;

/// A rule that begins later cannot be booked for a year, and may have the wrong one.
const LATER_DAYS: i32 = 365;

/// So far ahead the next day that is open is looked for.
const YEAR: usize = 366;

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
    never_in_time(catalogue, today, dated);
}

/// Locations that open, but on no day that people can book by now. A note for one that waits for its
/// first day beside others; a finding if it never opens, or if nothing can be booked at all.
fn never_in_time(catalogue: &Catalogue, today: Date, dated: &mut Dated) {
    let offers = |place: &Location| {
        let has_hours = !place.opening.is_empty() || !place.exceptions.is_empty();
        has_hours && !place.services.is_empty()
    };
    let offering: Vec<_> = catalogue.locations().filter(|(_, place)| offers(place)).collect();
    let next = |id: &LocationId, days: usize| {
        let is_open =
            |date: &Date| catalogue.day_plan(id, *date).is_some_and(|plan| !plan.is_closed());
        today.series(1.day()).take(days).find(is_open)
    };
    let late: Vec<_> = offering
        .iter()
        .filter(|(id, place)| next(id, days_ahead(catalogue, place)).is_none())
        .collect();
    let nothing_at_all = late.len() == offering.len();
    for (id, place) in late {
        let path = format!("catalogue.locations.{id}.opening");
        // The first of these says so above, and the second is said of its rules.
        let is_meant_open =
            |date: Date| place.opening.values().any(|rule| rule.hours_on(date).is_some());
        let is_said = today.series(1.day()).take(DAYS).any(is_meant_open)
            || place.opening.values().all(|rule| begins_after(rule.valid_from, today));
        if is_said && !place.opening.is_empty() {
            continue;
        }
        let (problem, remedy, is_planned) = match next(id, YEAR) {
            Some(day) => (
                format!("opens on no day that can be booked now: the next one is {day}"),
                "let it open earlier, or raise `toDays`, unless that is meant",
                true,
            ),
            None => (
                "opens on no day of the next year".to_owned(),
                "correct `validFrom`, `validTo` and `everyNthWeek` of its rules, or remove it",
                false,
            ),
        };
        let is_note = is_planned && !nothing_at_all;
        let list = if is_note { &mut dated.notes } else { &mut dated.findings };
        list.push(Finding::new(path, problem, remedy));
    }
}

/// How many days from today on can be booked or drawn at a location by some rule.
fn days_ahead(catalogue: &Catalogue, place: &Location) -> usize {
    let windows = booking_windows(place).into_iter().map(|window| i64::from(window.to_days));
    let services = place.services.keys().filter_map(|id| catalogue.service(id));
    let draws = services.filter_map(|service| Some(service.draw.as_ref()?.days_after_opening()));
    let days = windows.chain(draws).max().unwrap_or_default();
    usize::try_from(days).unwrap_or_default().saturating_add(1)
}

/// Whether a rule begins in more than a year.
fn begins_after(first: Option<Date>, today: Date) -> bool {
    first.is_some_and(|first| first > today.saturating_add(i64::from(LATER_DAYS).days()))
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
