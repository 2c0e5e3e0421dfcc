//! Contradictions within a location.
//!
//! What depends on the location's own numbers: desks that it does not have, services that the
//! catalogue does not have. What its rules say is in `opening`.

use booking::rules::Finding;
use calendar::DeskSet;

use super::{Found, closures, opening, unknown, within};
use crate::{Catalogue, Location};

/// `path` is that of the location, and each finding's path begins with it.
pub(super) fn validate(catalogue: &Catalogue, location: &Location, path: &str, found: &mut Found) {
    if location.desks == 0 || location.desks > 64 {
        let problem = format!("{} desks", location.desks);
        found.push(Finding::new(format!("{path}.desks"), problem, "a location has 1 to 64 desks"));
    }
    for (id, offered) in &location.services {
        let path = format!("{path}.services.{id}");
        if !catalogue.services.contains_key(id) {
            let known = catalogue.services.keys().map(|id| id.as_str());
            found.push(unknown(&path, "service", id.as_str(), known));
        }
        if let Some(slots) = offered.slots {
            within(&format!("{path}.slots"), slots, 1..=48, found);
        }
        if let Some(people) = offered.max_people {
            within(&format!("{path}.maxPeople"), people, 1..=25, found);
        }
        if let Some(desks) = offered.desks {
            named_desks(desks.0, location, &format!("{path}.desks"), found);
        }
    }
    opening::bookable(&location.bookable, &format!("{path}.bookable"), found);
    for (name, rule) in &location.opening {
        opening::rule(rule, location, &format!("{path}.opening.{name}"), found);
    }
    for (name, exception) in &location.exceptions {
        opening::exception(exception, location, &format!("{path}.exceptions.{name}"), found);
    }
    closures(&location.closures, path, found);
    for (date, closed) in &location.closed_times {
        for (index, closed) in closed.iter().enumerate() {
            let path = format!("{path}.closedTimes.{date}[{index}].desks");
            if let Some(desks) = closed.desks {
                named_desks(desks.0, location, &path, found);
            }
        }
    }
}

/// Says the lowest desk that does not exist. No desk at all is refused, too: it would be a
/// service or a rule that never comes to be.
pub(super) fn named_desks(desks: DeskSet, location: &Location, path: &str, found: &mut Found) {
    if let Some(desk) = desks.without(location.all_desks()).lowest() {
        let problem = format!("there is no desk {desk}");
        let remedy = format!("desks are numbered 1 to {}", location.desks);
        found.push(Finding::new(path, problem, remedy));
    } else if desks.is_empty() {
        found.push(Finding::new(path, "names no desk", "name one, or leave it out for all desks"));
    }
}
