//! How many people and services go into one visit, and whether a search keeps to it.

use client::{Location, Service};
use ids::ServiceId;

use super::{another_time::AnotherTime, search::SearchCriteria};
use crate::directory::Offer;

/// The bounds of one visit: the smallest of its services decide, at the place that takes most people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    pub(super) people: u16,
    /// `None` if any number that can be combined.
    pub(super) services: Option<u16>,
}

/// Why a visit is impossible, whichever time is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// At most so many services.
    TooManyServices(u16),
    /// At most so many people.
    TooManyPeople(u16),
    /// At most so many people at the places that were chosen.
    TooManyPeopleThere(u16),
    /// A service is named twice.
    Repeated,
    /// They cannot be done in one visit.
    NotTogether,
}

impl Limits {
    pub(super) fn of(offer: &Offer, services: &[ServiceId]) -> Self {
        let known = || services.iter().filter_map(|id| offer.service(id));
        let stated = known().map(|service| service.max_people.unwrap_or(1)).min().unwrap_or(1);
        let places = offer.places_for(services);
        let at_a_place = places.map(|place| most_at(place, services).unwrap_or(stated)).max();
        Self {
            people: at_a_place.map_or(stated, |most| most.min(stated)),
            services: known().filter_map(|service| service.max_services).min(),
        }
    }
}

/// How many people can come to a place at once, as far as the place says it.
fn most_at(place: &Location, services: &[ServiceId]) -> Option<u16> {
    services.iter().filter_map(|id| place.max_people.get(id)).min().copied()
}

/// The same, if that is fewer than elsewhere.
pub(super) fn fewer_at(offer: &Offer, place: &Location, services: &[ServiceId]) -> Option<u16> {
    most_at(place, services).filter(|most| *most < Limits::of(offer, services).people)
}

/// How many people can come at once to one of the places that were chosen, as far as those say it.
fn most_there(offer: &Offer, criteria: &SearchCriteria) -> Option<u16> {
    let chosen = criteria.locations.iter().filter_map(|id| offer.location(id));
    let most = |place| most_at(place, &criteria.services).unwrap_or(u16::MAX);
    chosen.map(most).max()
}

/// What the search breaks; nothing if there can be a time for it.
pub(super) fn broken(offer: &Offer, criteria: &SearchCriteria) -> Option<Broken> {
    if !are_different(&criteria.services) {
        return Some(Broken::Repeated);
    }
    let limits = Limits::of(offer, &criteria.services);
    let count = u16::try_from(criteria.services.len()).unwrap_or(u16::MAX);
    if let Some(most) = limits.services.filter(|most| count > *most) {
        return Some(Broken::TooManyServices(most));
    }
    // A move keeps what was booked, under rules that may have changed: the authority judges it.
    let people = criteria.people.filter(|_| criteria.replaces.is_none()).unwrap_or(1);
    if people > limits.people {
        return Some(Broken::TooManyPeople(limits.people));
    }
    if let Some(most) = most_there(offer, criteria).filter(|most| people > *most) {
        return Some(Broken::TooManyPeopleThere(most));
    }
    (!go_together(offer, &criteria.services)).then_some(Broken::NotTogether)
}

/// The services that can be added to the search.
pub(super) fn addable<'o>(
    offer: &'o Offer,
    criteria: &'o SearchCriteria,
) -> impl Iterator<Item = &'o Service> {
    let limits = Limits::of(offer, &criteria.services);
    // A draw is for one service.
    let chosen = criteria.services.iter().filter_map(|id| offer.service(id));
    let is_drawn = chosen.into_iter().any(|service| service.allocation.is_drawn());
    let has_room = limits.services.is_none_or(|most| criteria.services.len() < usize::from(most));
    offer.services.iter().filter(move |service| {
        let mut more = criteria.services.clone();
        more.push(service.id.clone());
        has_room
            && !is_drawn
            && !service.allocation.is_drawn()
            // The time of a given date is not chosen, so nothing is added to it, nor it to anything.
            && !AnotherTime::of(offer, &more).is_given()
            && go_together(offer, &more)
    })
}

/// Whether each is named once, can be combined, and is of the same group.
fn go_together(offer: &Offer, services: &[ServiceId]) -> bool {
    let known: Vec<_> = services.iter().filter_map(|id| offer.service(id)).collect();
    known.len() < 2
        || (are_different(services)
            && known.iter().all(|service| service.combinable && service.group == known[0].group))
}

fn are_different(services: &[ServiceId]) -> bool {
    let is_once = |place: usize| !services[..place].contains(&services[place]);
    (0..services.len()).all(is_once)
}
