//! Settings that can never have an effect beside others of the same service.
//!
//! None of them is a contradiction, so the catalogue is used as it is; but an admin who wrote such
//! a line expects something that never happens.

use booking::rules::Finding;
use ids::ServiceId;

use crate::{Allocation, Catalogue, Service, WaitingList};

/// Stand-by lasts until the end of the next day at the latest.
const STAND_BY_MINUTES: u32 = 2 * 24 * 60;

/// One finding for each setting without effect: services first, then what locations state about
/// them.
pub(super) fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut found = Vec::new();
    for (id, service) in catalogue.services() {
        let path = format!("catalogue.services.{id}");
        if is_for_staff_alone(catalogue, id) {
            found.extend(nobody_takes_part(service, &path));
        }
        if let Some(list) = &service.waiting_list {
            found.extend(stand_by(service, list, &path));
        }
    }
    for (id, place) in catalogue.locations() {
        for (service_id, offered) in &place.services {
            let rules = catalogue.service(service_id).map(|service| &service.rules);
            let most = rules.map(|rules| rules.party_size.clone().unwrap_or_default().max);
            if let (Some(people), Some(most)) = (offered.max_people, most)
                && people > most
            {
                let path = format!("catalogue.locations.{id}.services.{service_id}.maxPeople");
                let problem = format!("{people} is more than the {most} of the service");
                let remedy = "raise `rules.partySize.max` of the service, or leave it out here";
                found.push(Finding::new(path, problem, remedy));
            }
        }
    }
    found
}

/// Whether every location that does the service keeps it for staff. `false` if no location does it,
/// which another check says.
fn is_for_staff_alone(catalogue: &Catalogue, id: &ServiceId) -> bool {
    let mut offered = catalogue.locations().filter_map(|(_, place)| place.services.get(id));
    offered.next().is_some_and(|first| first.staff_only) && offered.all(|other| other.staff_only)
}

/// People enter draws and join lists for what they can book.
fn nobody_takes_part(service: &Service, path: &str) -> Vec<Finding> {
    let remedy = "remove it, or `staffOnly` at one location at least";
    let finding = |key: &str, what: &str| {
        let problem = format!("every location has `staffOnly` for this service: {what}");
        Finding::new(format!("{path}.{key}"), problem, remedy)
    };
    let is_drawn = matches!(service.allocation, Allocation::Draw | Allocation::DrawThenImmediate);
    let draw = is_drawn.then(|| finding("allocation", "the public cannot enter its draws"));
    let is_for_earlier = !is_drawn && service.draw.is_some();
    let earlier = is_for_earlier.then(|| finding("draw", "the public cannot enter its draws"));
    let list = service.waiting_list.map(|_| finding("waitingList", "the public cannot join it"));
    draw.into_iter().chain(earlier).chain(list).collect()
}

/// An offer at short notice is of a seat with less time left than a usual offer needs, and with as much
/// as it needs itself.
fn stand_by(service: &Service, list: &WaitingList, path: &str) -> Option<Finding> {
    let minutes = u32::from(list.stand_by?.offer_minutes);
    let path = format!("{path}.waitingList.standBy");
    let least = u32::from(list.least_hours) * 60;
    if minutes >= least {
        let problem = format!(
            "{minutes} minutes are no less than `leastHours` {}: no seat is ever offered so",
            list.least_hours
        );
        let remedy = "lower it, or raise `leastHours`";
        return Some(Finding::new(format!("{path}.offerMinutes"), problem, remedy));
    }
    let lead = service.rules.lead_time.as_ref().map_or(0, |rule| rule.minutes);
    if lead.saturating_add(minutes) >= STAND_BY_MINUTES {
        let problem = format!(
            "`leadTime` of {lead} minutes leaves no seat to offer: people stand by for two days at most"
        );
        return Some(Finding::new(path, problem, "remove it, or shorten `rules.leadTime`"));
    }
    None
}
