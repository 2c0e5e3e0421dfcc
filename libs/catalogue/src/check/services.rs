//! Services that cannot be booked.
//!
//! By mistake, mostly: a service that was added and put into no location, a desk whose skill no
//! rule opens. Also passes on what each booking rule says of its settings (`Rule::lint`).

use booking::{TrustLevel, rules::Finding};
use calendar::{DeskCounts, DeskSet, Exception, Hours};
use ids::ServiceId;

use crate::{Catalogue, Location, Service};

/// In the order: services, what locations do, groups.
pub(super) fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut found = Vec::new();
    for (id, service) in catalogue.services() {
        let path = format!("catalogue.services.{id}");
        if !catalogue.locations().any(|(_, location)| location.services.contains_key(id)) {
            let remedy = "add it to the `services` of a location, or remove it";
            found.push(Finding::new(&path, "no location does this service", remedy));
        }
        found.extend(knows_nobody(service, &path));
        let below = format!("{path}.rules");
        found.extend(service.rules.lint().into_iter().map(|finding| finding.below(&below)));
    }
    for (id, location) in catalogue.locations() {
        let unserved = location.services.keys().filter(|id| !can_be_done(catalogue, location, id));
        found.extend(unserved.map(|service| {
            let path = format!("catalogue.locations.{id}.services.{service}");
            let problem = "no desk that does it is ever open long enough";
            let remedy = "give it other `desks` or fewer `slots`, or open these desks for longer";
            Finding::new(path, problem, remedy)
        }));
        found.extend(too_short(catalogue, location, &format!("catalogue.locations.{id}")));
    }
    let unused = catalogue
        .groups()
        .filter(|(id, _)| !catalogue.services().any(|(_, service)| service.group == **id));
    found.extend(unused.map(|(id, _)| {
        let remedy = "name it as the `group` of a service, or remove it";
        Finding::new(format!("catalogue.groups.{id}"), "no service belongs to it", remedy)
    }));
    found
}

/// An application on file belongs to a person, and the lowest level does not say who that is.
fn knows_nobody(service: &Service, path: &str) -> Option<Finding> {
    let anybody = service.requires_entitlement() && service.trust_level() == TrustLevel::Basic;
    let remedy = "write `trustLevel: {atLeast: substantial}`, or leave `entitlement` out";
    let problem = "`basic` beside `entitlement`: it does not prove whose application it is";
    anybody.then(|| Finding::new(format!("{path}.rules.trustLevel"), problem, remedy))
}

/// Special days on which nothing can be done: their hours are shorter than each service.
fn too_short(catalogue: &Catalogue, location: &Location, path: &str) -> Vec<Finding> {
    let is_short = |exception: &Exception| {
        let longest =
            exception.hours.spans().iter().map(|span| span.until_minute() - span.from_minute());
        let Some(longest) = longest.max() else { return false };
        let minutes = |service: &ServiceId| {
            let slots =
                if exception.multiple_slots { slots(catalogue, location, service) } else { 1 };
            exception.slot_minutes.saturating_mul(slots)
        };
        !location.services.is_empty() && location.services.keys().all(|one| minutes(one) > longest)
    };
    let short = location.exceptions.iter().filter(|(_, exception)| is_short(exception));
    let told = short.map(|(name, _)| {
        let problem = "no service of this location is short enough for them";
        let remedy = "make them longer, or remove the day";
        Finding::new(format!("{path}.exceptions.{name}.hours"), problem, remedy)
    });
    told.collect()
}

/// How many slots a service takes at a location.
fn slots(catalogue: &Catalogue, location: &Location, service: &ServiceId) -> u16 {
    let offered = location.services.get(service).and_then(|offered| offered.slots);
    offered.or_else(|| Some(catalogue.service(service)?.slots)).unwrap_or(1)
}

/// Whether some rule opens one of the service's desks for as long as it takes.
///
/// For one person. Looks at hours and lengths, not at dates: a rule that is over still counts,
/// since [`never_opens`](super::opening) speaks of those.
fn can_be_done(catalogue: &Catalogue, location: &Location, service: &ServiceId) -> bool {
    let slots = slots(catalogue, location, service);
    let desks = location.desks_for(service);
    let fits = |hours: &Hours, slot_minutes: u16, multiple_slots: bool, counts: &DeskCounts| {
        let minutes = slot_minutes.saturating_mul(if multiple_slots { slots } else { 1 });
        let [.., staff] = counts.sets(location.all_desks());
        staff.intersection(desks) != DeskSet::EMPTY
            && hours.spans().iter().any(|span| span.until_minute() - span.from_minute() >= minutes)
    };
    let weekly = location.opening.values().any(|rule| {
        rule.hours
            .iter()
            .any(|(_, hours)| fits(hours, rule.slot_minutes, rule.multiple_slots, &rule.desks))
    });
    let special = location.exceptions.values().any(|exception| {
        fits(&exception.hours, exception.slot_minutes, exception.multiple_slots, &exception.desks)
    });
    // A location without hours has a finding of its own.
    weekly || special || (location.opening.is_empty() && location.exceptions.is_empty())
}
