//! Services of one group whose draws count the same left seats by other numbers, and numbers that are never used.
//!
//! A person is told what a seat costs by the numbers of its own service, and the next draw of another one judges by
//! that one's. Where draws alone give dates to applications on file, left seats do not count.

use std::collections::BTreeMap;

use booking::rules::Finding;

use crate::Catalogue;

/// One finding for each service that does not agree with the first of its group, or that counts nothing.
pub(super) fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut firsts = BTreeMap::new();
    let mut found = Vec::new();
    for (id, service) in catalogue.services().filter(|(_, service)| service.draw.is_some()) {
        let path = format!("catalogue.services.{id}.rules.declinedSeats");
        let Some(limit) = service.declined_seats() else {
            if service.rules.declined_seats.is_some() {
                let problem =
                    "it never applies: draws are the only way to the date of an application";
                found.push(Finding::new(path, problem, "remove it"));
            }
            continue;
        };
        let (first, known) = *firsts.entry(&service.group).or_insert((id, limit));
        if known != limit {
            let problem = format!(
                "{} in {} days, and {} in {} for `{first}` of the same group, where the same seats count",
                limit.max, limit.days, known.max, known.days
            );
            found.push(Finding::new(path, problem, "state the same for both"));
        }
    }
    found
}
