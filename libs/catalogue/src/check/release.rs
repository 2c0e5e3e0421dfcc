//! Windows in which a seat that was given up returns, too short for chance to decide.

use booking::rules::Finding;

use crate::{Allocation, Catalogue, Service};

/// In a shorter window two people can wait for the moment together: one gives the seat up, the other takes it.
const SHORTEST_MINUTES: u32 = 10;

/// One finding for each service whose window is shorter.
pub(super) fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut found = Vec::new();
    for (id, service) in catalogue.services().filter(|(_, service)| returns(service)) {
        let release = service.release;
        let window = release.max_minutes.saturating_sub(release.min_minutes);
        if window < SHORTEST_MINUTES {
            let problem = format!(
                "the window has {window} minutes: a cancelled seat returns at a moment that two people can wait for together"
            );
            let remedy = format!(
                "use {} or more (the usual window is from 10 to 240 minutes)",
                release.min_minutes.saturating_add(SHORTEST_MINUTES)
            );
            let path = format!("catalogue.services.{id}.release.maxMinutes");
            found.push(Finding::new(path, problem, remedy));
        }
    }
    found
}

/// Whether a seat that was given up returns within the window. Where there are draws only and no waiting list, the
/// desk gives it away.
pub(super) fn returns(service: &Service) -> bool {
    service.allocation != Allocation::Draw || service.waiting_list.is_some()
}
