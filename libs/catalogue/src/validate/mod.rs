//! Contradictions that make a catalogue unusable.
//!
//! After this, the rest of the program need not ask: references lead somewhere, numbers are
//! within their bounds, hours and slots fit the grid, windows open before they close. What is
//! odd but works is for `check`.
//!
//! Bounds are stated twice, in the schema and here, since a values file may come from a program
//! that looked at no schema. Each finding says what would be right.

mod assignment;
mod draw;
mod formerly;
mod location;
mod opening;
mod stated;
mod waiting_list;

use std::{collections::BTreeMap, ops::RangeInclusive};

use booking::rules::Finding;
use calendar::Closure;
use vocabulary::Language;

use crate::{Catalogue, Service, nearest::nearest};

/// What was found so far.
///
/// Functions add to it and never stop at the first.
type Found = Vec<Finding>;

/// Every contradiction in `catalogue`, with full paths.
///
/// Empty if it is usable.
pub(crate) fn validate(catalogue: &Catalogue) -> Vec<Finding> {
    let mut found = Found::new();
    authority(catalogue, &mut found);
    for (id, service) in &catalogue.services {
        let path = format!("catalogue.services.{id}");
        slug("service", id.as_str(), &path, &mut found);
        self::service(catalogue, service, &path, &mut found);
    }
    for (id, location) in &catalogue.locations {
        let path = format!("catalogue.locations.{id}");
        slug("location", id.as_str(), &path, &mut found);
        location::validate(catalogue, location, &path, &mut found);
    }
    closures(&catalogue.closures, "catalogue", &mut found);
    formerly::validate(catalogue, &mut found);
    found
}

/// German is required since every other text falls back to it.
fn authority(catalogue: &Catalogue, found: &mut Found) {
    let path = "catalogue.authority";
    if !catalogue.authority.languages.contains(&Language::German) {
        let path = format!("{path}.languages");
        found.push(Finding::new(path, "lacks `de`", "German is required, add it"));
    }
    within(&format!("{path}.holdMinutes"), catalogue.authority.hold_minutes, 1..=60, found);
    let alone = catalogue.authority.alone_per_day;
    for (key, number) in [
        ("withCard", alone.with_card),
        ("vouched", alone.vouched),
        ("byPhone", alone.by_phone),
        ("liftedLimits", alone.lifted_limits),
        ("queueJumps", alone.queue_jumps),
    ] {
        within(&format!("{path}.alonePerDay.{key}"), number, 0..=1000, found);
    }
    for id in catalogue.groups.keys() {
        slug("group", id.as_str(), &format!("catalogue.groups.{id}"), found);
    }
}

/// YAML reads `0815` as a number and loses the zero: ids start with a letter.
///
/// [`ids`] accept digits at the beginning; a values file cannot, without quotes.
fn slug(kind: &str, id: &str, path: &str, found: &mut Found) {
    if !id.starts_with(|first: char| first.is_ascii_lowercase()) {
        let problem = format!("the {kind} id does not start with a letter");
        found.push(Finding::new(path, problem, "write a word and put the number under `number`"));
    }
}

/// `path` is that of the service.
fn service(catalogue: &Catalogue, service: &Service, path: &str, found: &mut Found) {
    if !catalogue.groups.contains_key(&service.group) {
        let known = catalogue.groups.keys().map(|id| id.as_str());
        found.push(unknown(&format!("{path}.group"), "group", service.group.as_str(), known));
    }
    within(&format!("{path}.slots"), service.slots, 1..=48, found);
    if let Some(further) = service.slots_per_further_person {
        within(&format!("{path}.slotsPerFurtherPerson"), further, 0..=48, found);
    }
    for (index, hours) in service.remind_hours_before.iter().enumerate() {
        within(&format!("{path}.remindHoursBefore[{index}]"), *hours, 1..=720, found);
    }
    let release = service.release;
    within(&format!("{path}.release.maxMinutes"), release.max_minutes, 0..=10_080, found);
    if release.min_minutes > release.max_minutes {
        let problem =
            format!("{} is more than maxMinutes {}", release.min_minutes, release.max_minutes);
        let remedy = "the earliest moment comes first, exchange the two";
        found.push(Finding::new(format!("{path}.release.minMinutes"), problem, remedy));
    }
    stated::validate(service, path, found);
    assignment::validate(service, path, found);
    draw::validate(service, path, found);
    waiting_list::validate(service, path, found);
}

/// `path` is that of what has them: the catalogue or a location. The closure's own text says
/// what to write.
fn closures(closures: &BTreeMap<String, Closure>, path: &str, found: &mut Found) {
    for (name, closure) in closures {
        if let Err(error) = closure.validate() {
            found.push(Finding::new(format!("{path}.closures.{name}"), error.to_string(), ""));
        }
    }
}

/// The limits that the schema states, for files that no schema has seen.
///
/// Both ends are allowed.
fn within<N: Into<u32>>(path: &str, number: N, range: RangeInclusive<u32>, found: &mut Found) {
    let number = number.into();
    if !range.contains(&number) {
        let remedy = format!("use {} to {}", range.start(), range.end());
        found.push(Finding::new(path, format!("{number} is not allowed"), remedy));
    }
}

/// Suggests the word that was probably meant; else lists those that there are.
fn unknown<'a>(path: &str, kind: &str, id: &str, known: impl Iterator<Item = &'a str>) -> Finding {
    let known: Vec<&str> = known.collect();
    let remedy = match nearest(id, &known) {
        Some(likely) => format!("did you mean `{likely}`?"),
        None if known.is_empty() => format!("define it under `catalogue.{kind}s`"),
        None => format!("use one of: {}", known.join(", ")),
    };
    Finding::new(path, format!("there is no {kind} `{id}`"), remedy)
}
