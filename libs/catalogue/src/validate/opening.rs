//! Contradictions within opening rules and exceptions.
//!
//! The calendar computes with units of the grid and does not ask again whether hours and slots
//! are whole units of it: that is refused here, with what to write instead.

use booking::rules::Finding;
use calendar::{Bookable, DeskCounts, Exception, Grid, Hours, OpeningRule};

use super::{Found, location::named_desks, within};
use crate::Location;

/// `path` is that of the rule; hours are named by their weekday.
pub(super) fn rule(rule: &OpeningRule, location: &Location, path: &str, found: &mut Found) {
    for (weekday, hours) in rule.hours.iter() {
        let day = format!("{weekday:?}").to_lowercase();
        on_grid(hours, location.grid, &format!("{path}.hours.{day}"), found);
    }
    slots(rule.slot_minutes, location.grid, path, found);
    desks(&rule.desks, location, &format!("{path}.desks"), found);
    if let Some(window) = rule.bookable {
        bookable(&window.over(location.bookable), &format!("{path}.bookable"), found);
    }
    recurrence(rule, path, found);
}

/// As a rule, with days in the place of weekdays and recurrence. Days may be past: they can
/// stay for the record.
pub(super) fn exception(exception: &Exception, location: &Location, path: &str, found: &mut Found) {
    if exception.dates.is_empty() {
        let remedy = "name the days on which it holds";
        found.push(Finding::new(format!("{path}.dates"), "is empty", remedy));
    }
    on_grid(&exception.hours, location.grid, &format!("{path}.hours"), found);
    slots(exception.slot_minutes, location.grid, path, found);
    desks(&exception.desks, location, &format!("{path}.desks"), found);
    if let Some(window) = exception.bookable {
        bookable(&window.over(location.bookable), &format!("{path}.bookable"), found);
    }
}

/// Of a location, or what a rule or an exception makes of it. Days are counted backwards from the visit, so
/// `fromDays` is the smaller number.
pub(super) fn bookable(bookable: &Bookable, path: &str, found: &mut Found) {
    within(&format!("{path}.fromDays"), bookable.from_days, 0..=365, found);
    within(&format!("{path}.toDays"), bookable.to_days, 0..=730, found);
    if bookable.from_days > bookable.to_days {
        let problem = format!("{} is more than toDays {}", bookable.from_days, bookable.to_days);
        let remedy = "the window would never be open, exchange the two";
        found.push(Finding::new(format!("{path}.fromDays"), problem, remedy));
    }
}

/// Zero and more than eight hours are out of bounds; else a slot is a whole number of units.
fn slots(minutes: u16, grid: Grid, path: &str, found: &mut Found) {
    let path = format!("{path}.slotMinutes");
    if minutes == 0 || minutes > 480 {
        within(&path, minutes, 1..=480, found);
    } else if grid.units_in(minutes).is_none() {
        let step = grid.minutes();
        let problem = format!("{minutes} minutes are not a multiple of the grid, {step} minutes");
        let remedy = format!("use {}, or another grid", minutes.next_multiple_of(step));
        found.push(Finding::new(path, problem, remedy));
    }
}

/// Counts are cumulative: none is more than the next one that is stated, and none is more than
/// there are desks.
fn desks(desks: &DeskCounts, location: &Location, path: &str, found: &mut Found) {
    if let Some(only) = desks.only {
        named_desks(only.0, location, &format!("{path}.only"), found);
    }
    let pool = desks.only.map_or(location.all_desks(), |only| only.0).len();
    let channels = [("public", desks.public), ("phone", desks.phone), ("staff", desks.staff)];
    let counts: Vec<_> =
        channels.into_iter().filter_map(|(name, count)| Some((name, count?))).collect();
    for (name, count) in &counts {
        if u32::from(*count) > pool {
            let problem = format!("{count} desks, but there are {pool}");
            let remedy = format!("use at most {pool}");
            found.push(Finding::new(format!("{path}.{name}"), problem, remedy));
        }
    }
    for pair in counts.windows(2) {
        if let [(lower, fewer), (upper, more)] = pair
            && fewer > more
        {
            let problem = format!("{fewer} desks are more than the {more} for {upper}");
            let remedy =
                format!("counts include the channels before: raise {upper} or lower {lower}");
            found.push(Finding::new(format!("{path}.{lower}"), problem, remedy));
        }
    }
}

/// Beginning and end, since a day begins at midnight on each grid.
fn on_grid(hours: &Hours, grid: Grid, path: &str, found: &mut Found) {
    for span in hours.spans() {
        let aligned = |minute| grid.units_in(minute).is_some();
        if !aligned(span.from_minute()) || !aligned(span.until_minute()) {
            let problem = format!("`{span}` is not on the grid of {} minutes", grid.minutes());
            found.push(Finding::new(
                path,
                problem,
                "begin and end on the grid, or use a finer one",
            ));
        }
    }
}

/// Each n-th week needs a first one to count from. Weeks of a month are 1 to 5.
fn recurrence(rule: &OpeningRule, path: &str, found: &mut Found) {
    if let Some(n) = rule.every_nth_week {
        let path = format!("{path}.everyNthWeek");
        within(&path, n, 1..=52, found);
        if n > 1 && rule.valid_from.is_none() {
            let problem = "nothing says which week is the first";
            found.push(Finding::new(path, problem, "give `validFrom`"));
        }
    }
    if let Some(week) = rule.weeks_of_month.iter().find(|week| !(1..=5).contains(*week)) {
        let problem = format!("there is no week {week}");
        let remedy = "use 1 to 4, or 5 for the last one";
        found.push(Finding::new(format!("{path}.weeksOfMonth"), problem, remedy));
    }
    if let (Some(first), Some(last)) = (rule.valid_from, rule.valid_to)
        && first > last
    {
        let problem = format!("{last} is before validFrom {first}");
        found.push(Finding::new(format!("{path}.validTo"), problem, "exchange the two dates"));
    }
}
