//! Opening rules that never open, waste time or get into each other's way.
//!
//! Found by trying days and not by comparing rules: what counts is whether some day exists, and
//! the recurrences are too many to reason about.

use booking::rules::Finding;
use calendar::{Hours, OpeningRule};
use jiff::{ToSpan, civil::Date};

use crate::Location;

/// How far to look for a day on which something happens. Longer than any rhythm of a rule.
const DAYS: i64 = 2 * 366;

/// `path` is that of the location.
pub(super) fn check(location: &Location, path: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    if location.opening.is_empty() && location.exceptions.is_empty() {
        let remedy = "give hours under `opening`, or remove the location";
        found.push(Finding::new(format!("{path}.opening"), "the location never opens", remedy));
    }
    for (name, rule) in &location.opening {
        let path = format!("{path}.opening.{name}");
        found.extend(never_opens(rule, &path));
        for (weekday, hours) in rule.hours.iter() {
            let day = format!("{weekday:?}").to_lowercase();
            found.extend(rest(hours, rule.slot_minutes, &format!("{path}.hours.{day}")));
        }
    }
    for (name, exception) in &location.exceptions {
        let path = format!("{path}.exceptions.{name}.hours");
        found.extend(rest(&exception.hours, exception.slot_minutes, &path));
    }
    found.extend(overlaps(location, path));
    found.extend(special_overlaps(location, path));
    found.extend(opens_too_late(location, path));
    found
}

/// A day of which booking opens on the day itself, after the doors have closed.
fn opens_too_late(location: &Location, path: &str) -> Vec<Finding> {
    let finding = |name: &String, rule: &OpeningRule| {
        let window = rule.bookable.unwrap_or_default().over(location.bookable);
        let time = window.opens_at.filter(|_| window.to_days == 0)?.time();
        let minute = i32::from(time.hour()) * 60 + i32::from(time.minute());
        let mut spans = rule.hours.iter().flat_map(|(_, hours)| hours.spans());
        let is_over = rule.hours.iter().next().is_some()
            && spans.all(|span| i32::from(span.until_minute()) <= minute);
        let problem = "nothing can be booked: booking opens on the day itself, when it has closed";
        let remedy = "raise `toDays`, or open the booking earlier by `opensAt`";
        let path = format!("{path}.opening.{name}.bookable");
        is_over.then(|| Finding::new(path, problem, remedy))
    };
    location.opening.iter().filter_map(|(name, rule)| finding(name, rule)).collect()
}

/// Exceptions that open the same desk twice at the same time of one day.
fn special_overlaps(location: &Location, path: &str) -> Vec<Finding> {
    let all: Vec<_> = location.exceptions.iter().collect();
    let mut found = Vec::new();
    for (index, (name, one)) in all.iter().enumerate() {
        for (other_name, other) in &all[index + 1..] {
            let [.., desks] = one.desks.sets(location.all_desks());
            let [.., other_desks] = other.desks.sets(location.all_desks());
            let Some(desk) = desks.intersection(other_desks).lowest() else { continue };
            let shared = one.dates.iter().find(|date| other.dates.contains(date));
            if let Some(date) = shared.filter(|_| overlap(&one.hours, &other.hours)) {
                let problem =
                    format!("opens desk {desk} at the same time as `{other_name}`, on {date}");
                let remedy =
                    "take the day out of one of them, or give each its desks by `desks.only`";
                found.push(Finding::new(format!("{path}.exceptions.{name}"), problem, remedy));
            }
        }
    }
    found
}

/// For example a rule for Mondays that is valid from Tuesday to Friday. `None` if it opens
/// once.
fn never_opens(rule: &OpeningRule, path: &str) -> Option<Finding> {
    if rule.hours.iter().next().is_none() {
        let remedy = "give for example `monday: 08:00-15:00`";
        return Some(Finding::new(format!("{path}.hours"), "no weekday has hours", remedy));
    }
    let opens = days(&[rule]).any(|date| rule.hours_on(date).is_some());
    let problem = "the rule opens on no day between validFrom and validTo";
    let remedy = "correct the dates or the weekdays, or remove the rule";
    (!opens).then(|| Finding::new(path, problem, remedy))
}

/// Time at the end of a span that is too short for a slot.
///
/// Not a contradiction, since the rest is simply not offered; but ten minutes before closing,
/// each day at each desk, are hours in a month. Slots of no length have been refused before
/// this is asked.
fn rest(hours: &Hours, slot_minutes: u16, path: &str) -> Vec<Finding> {
    let finding = |span: &calendar::Span| {
        let rest = (span.until_minute() - span.from_minute()) % slot_minutes;
        let until = span.until_minute();
        let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let problem =
            format!("`{span}` leaves {rest} minutes after the last slot of {slot_minutes}");
        let longer = until - rest + slot_minutes;
        // A span that ends where it begins is none.
        let ends = [until - rest, longer].into_iter();
        let ends = ends.filter(|end| (span.from_minute() + 1..=24 * 60).contains(end));
        let ends: Vec<String> = ends.map(time).collect();
        let remedy = if ends.is_empty() {
            "begin earlier, or shorten the slots".to_owned()
        } else {
            format!("end at {}", ends.join(" or "))
        };
        (rest > 0).then(|| Finding::new(path, problem, remedy))
    };
    hours.spans().iter().filter_map(finding).collect()
}

/// Rules that open the same desk twice at the same time.
///
/// Two rules may be open at once if their desks differ, and that is how different slot lengths
/// at one time are written. One finding per pair, with the first day on which it happens.
fn overlaps(location: &Location, path: &str) -> Vec<Finding> {
    let rules: Vec<_> = location.opening.iter().collect();
    let mut found = Vec::new();
    for (index, (name, rule)) in rules.iter().enumerate() {
        for (other_name, other) in &rules[index + 1..] {
            let [.., desks] = rule.desks.sets(location.all_desks());
            let [.., other_desks] = other.desks.sets(location.all_desks());
            let Some(desk) = desks.intersection(other_desks).lowest() else { continue };
            if let Some(date) = days(&[rule, other]).find(|date| both_open(rule, other, *date)) {
                let problem = format!(
                    "opens desk {desk} at the same time as `{other_name}`, for example on {date}"
                );
                let remedy =
                    "end one rule before the other, or give each its desks by `desks.only`";
                found.push(Finding::new(format!("{path}.opening.{name}"), problem, remedy));
            }
        }
    }
    found
}

/// By the clock on the wall, spans that touch are no overlap. Closures and exceptions are not
/// looked at.
fn both_open(rule: &OpeningRule, other: &OpeningRule, date: Date) -> bool {
    let (Some(hours), Some(others)) = (rule.hours_on(date), other.hours_on(date)) else {
        return false;
    };
    overlap(hours, others)
}

/// Spans that touch are no overlap.
fn overlap(hours: &Hours, others: &Hours) -> bool {
    hours.spans().iter().any(|span| {
        others.spans().iter().any(|other| {
            span.from_minute() < other.until_minute() && other.from_minute() < span.until_minute()
        })
    })
}

/// Two years of days on which all of `rules` may be valid.
///
/// From the latest first day to the earliest last day. None if these do not meet.
fn days(rules: &[&OpeningRule]) -> impl Iterator<Item = Date> + use<> {
    let last = rules.iter().filter_map(|rule| rule.valid_to).min();
    let first = rules.iter().filter_map(|rule| rule.valid_from).max();
    // Rules without a first day have always been valid: any two years tell the same.
    let first = first.or_else(|| last?.checked_sub((DAYS - 1).days()).ok());
    let first = first.unwrap_or_else(|| Date::constant(2027, 1, 1));
    let count = last
        .map_or(DAYS, |last| i64::from((last - first).get_days()).saturating_add(1).clamp(0, DAYS));
    (0..count).filter_map(move |day| first.checked_add(day.days()).ok())
}
