//! What the public cannot book by mistake: desks that no rule opens to it, draws of desks that are
//! not there.

use booking::rules::Finding;
use calendar::DeskSet;
use ids::ServiceId;

use super::Dated;
use crate::{Catalogue, Location};

/// A catalogue of which nothing can be booked over the internet, and services that only staff can
/// book because of their desks.
pub(super) fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut found = Vec::new();
    let opening = || catalogue.locations().filter(|(_, place)| !sets(place).is_empty());
    if opening().next().is_some() && opening().all(|(_, place)| is_for_staff_alone(place)) {
        let problem = "no desk of any location is open to the public";
        let remedy = "give `desks.public` of a rule at least 1";
        found.push(Finding::new("catalogue.locations", problem, remedy));
    }
    for (id, place) in catalogue.locations().filter(|(_, place)| !is_for_staff_alone(place)) {
        for service in place.services.keys().filter(|service| hides(place, service)) {
            let path = format!("catalogue.locations.{id}.services.{service}.desks");
            let problem = "no rule opens one of these desks to the public: only staff can book it";
            let remedy = "name desks that the public has, or raise `desks.public` of a rule";
            found.push(Finding::new(path, problem, remedy));
        }
    }
    found.extend(draws(catalogue));
    found
}

/// A single place for staff alone may be meant.
pub(super) fn note(catalogue: &Catalogue, dated: &mut Dated) {
    for (id, _) in catalogue.locations().filter(|(_, place)| is_for_staff_alone(place)) {
        let path = format!("catalogue.locations.{id}.opening");
        let problem = "no desk is open to the public: only staff can book here";
        dated.notes.push(Finding::new(path, problem, "nothing is to be done if that is meant"));
    }
}

/// The desks for public, phone and staff of each rule and each exception.
fn sets(place: &Location) -> Vec<[DeskSet; 3]> {
    let rules = place.opening.values().map(|rule| &rule.desks);
    let exceptions = place.exceptions.values().map(|exception| &exception.desks);
    rules.chain(exceptions).map(|desks| desks.sets(place.all_desks())).collect()
}

/// Whether no rule and no exception opens a desk to the public. `false` for a place without any
/// hours, which another check names.
fn is_for_staff_alone(place: &Location) -> bool {
    let sets = sets(place);
    !sets.is_empty() && sets.iter().all(|[public, ..]| public.is_empty())
}

/// Whether desks that a location names for the service keep the public out.
fn hides(place: &Location, service: &ServiceId) -> bool {
    let is_stated = place.services.get(service).is_some_and(|offered| offered.desks.is_some());
    let desks = place.desks_for(service);
    let does = |open: &DeskSet| !open.intersection(desks).is_empty();
    let sets = sets(place);
    is_stated
        && sets.iter().any(|[.., staff]| does(staff))
        && !sets.iter().any(|[public, ..]| does(public))
}

/// Seats cannot be drawn at more desks than a location has for the public.
fn draws(catalogue: &Catalogue) -> Vec<Finding> {
    let most = |service: &ServiceId| {
        let places =
            catalogue.locations().filter(|(_, place)| place.services.contains_key(service));
        places
            .flat_map(|(_, place)| {
                let desks = place.desks_for(service);
                let public = sets(place).into_iter().map(|[public, ..]| public);
                public.map(|public| public.intersection(desks).len()).collect::<Vec<u32>>()
            })
            .max()
    };
    let too_many = |(id, service): (&ServiceId, &crate::Service)| {
        let stated = u32::from(service.draw.as_ref()?.desks?);
        let most = most(id).filter(|most| stated > *most)?;
        let path = format!("catalogue.services.{id}.draw.desks");
        let problem =
            format!("{stated} desks, and no location opens more than {most} to the public");
        Some(Finding::new(path, problem, "lower it, or leave it out for all of them"))
    };
    catalogue.services().filter_map(too_many).collect()
}
