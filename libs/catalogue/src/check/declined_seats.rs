//! Services of one group whose draws count the same left seats by other numbers.
//!
//! A person is told what a seat costs by the numbers of its own service, and the next draw of another one judges by
//! that one's.

use std::collections::BTreeMap;

use booking::rules::Finding;

use crate::Catalogue;

/// One finding for each service that does not agree with the first of its group.
pub(super) fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut firsts = BTreeMap::new();
    let mut found = Vec::new();
    for (id, service) in catalogue.services().filter(|(_, service)| service.draw.is_some()) {
        let Some(limit) = service.declined_seats() else { continue };
        let (first, known) = *firsts.entry(&service.group).or_insert((id, limit));
        if known != limit {
            let problem = format!(
                "{} in {} days, and {} in {} for `{first}` of the same group, where the same seats count",
                limit.max, limit.days, known.max, known.days
            );
            let path = format!("catalogue.services.{id}.rules.declinedSeats");
            found.push(Finding::new(path, problem, "state the same for both"));
        }
    }
    found
}
