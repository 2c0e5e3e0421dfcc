//! What a visit needs of a location.
//!
//! The step between a person's words (services, people, place) and the calendar's (slots,
//! desks). A visit is at one desk from beginning to end, so it needs a desk that does all of
//! its services. When there is one is not asked here: see `booking::capacity`.

use calendar::{Channel, DeskSet};
use ids::{LocationId, ServiceId};

use crate::{Catalogue, Location, Service};

/// What a visit needs: so many slots in a row, at one of these desks.
///
/// Independent of the day: how long it takes in minutes depends on the session's slot length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// Slots in a row.
    ///
    /// At least 1.
    pub slots: u16,
    /// The desks that do all of the services.
    ///
    /// At least one.
    pub desks: DeskSet,
}

/// Why services cannot be done in one visit.
///
/// The texts are shown to the caller; they say what would do. Ids in them were named by the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VisitError {
    /// There is no such location.
    #[error("there is no location `{0}`")]
    UnknownLocation(LocationId),
    /// There is no such service.
    #[error("there is no service `{0}`")]
    UnknownService(ServiceId),
    /// The location does not do the service.
    #[error("service `{0}` is not done at this location")]
    NotDoneHere(ServiceId),
    /// Only staff book the service at the location.
    #[error("service `{0}` can be booked at this location by its staff only")]
    StaffOnly(ServiceId),
    /// Fewer people may come together at the location.
    #[error("for service `{service}` at most {max} people come in one visit at this location")]
    TooManyHere {
        /// The service.
        service: ServiceId,
        /// The most people.
        max: u16,
    },
    /// No service is named.
    #[error("name at least one service")]
    NoService,
    /// A service is named twice.
    #[error("service `{0}` is named twice; for several people, give their number")]
    Repeated(ServiceId),
    /// A service must be alone in its visit.
    #[error("service `{0}` cannot be combined with another; book it by itself")]
    NotCombinable(ServiceId),
    /// The services belong to different groups; a booking belongs to one.
    #[error("service `{0}` belongs to another group than the first one; book it separately")]
    AnotherGroup(ServiceId),
    /// The location has no desk that does all of them.
    #[error("no desk of this location does all of these services; book them separately")]
    NoCommonDesk,
    /// The number of people is 0.
    #[error("at least one person must come")]
    NoPerson,
    /// It takes more slots than any day has.
    #[error("the visit is longer than a day")]
    TooLong,
}

impl Catalogue {
    /// What a visit of `people` for `services` needs at `location`.
    ///
    /// Durations add up: over the services, and for each service the first person's slots plus
    /// [`Service::slots_per_further_person`] for each further one. All services of a visit are
    /// combinable and belong to one group.
    ///
    /// # Errors
    /// The services cannot be done there in one visit.
    ///
    /// The same services in another order are the same visit; which error is found first may
    /// differ.
    ///
    /// The cases are those of [`VisitError`]. Rules that bound people or services are not asked
    /// here (`partySize`, `servicesPerVisit`).
    pub fn visit(
        &self,
        location: &LocationId,
        services: &[ServiceId],
        people: u16,
    ) -> Result<Visit, VisitError> {
        self.visit_at(self.place(location)?, services, people)
    }

    /// The location of this id.
    fn place(&self, id: &LocationId) -> Result<&Location, VisitError> {
        self.location(id).ok_or_else(|| VisitError::UnknownLocation(id.clone()))
    }

    /// What a visit needs, once its location was looked up.
    fn visit_at(
        &self,
        place: &Location,
        services: &[ServiceId],
        people: u16,
    ) -> Result<Visit, VisitError> {
        if people == 0 {
            return Err(VisitError::NoPerson);
        }
        let mut visit = Visit { slots: 0, desks: place.all_desks() };
        let mut group = None;
        for (index, id) in services.iter().enumerate() {
            let service = self.service(id).ok_or_else(|| VisitError::UnknownService(id.clone()))?;
            if services[..index].contains(id) {
                return Err(VisitError::Repeated(id.clone()));
            }
            if services.len() > 1 && !service.combinable {
                return Err(VisitError::NotCombinable(id.clone()));
            }
            if *group.get_or_insert(&service.group) != &service.group {
                return Err(VisitError::AnotherGroup(id.clone()));
            }
            let slots = slots_at(place, id, service, people)?;
            visit.slots = visit.slots.checked_add(slots).ok_or(VisitError::TooLong)?;
            visit.desks = visit.desks.intersection(place.desks_for(id));
        }
        match visit {
            Visit { slots: 0, .. } => Err(VisitError::NoService),
            Visit { desks: DeskSet::EMPTY, .. } => Err(VisitError::NoCommonDesk),
            visit => Ok(visit),
        }
    }
}

impl Catalogue {
    /// The same for who books by `channel`: some services only staff book at a place.
    ///
    /// # Errors
    /// As [`Catalogue::visit`], and [`VisitError::StaffOnly`] for everybody else.
    pub fn visit_by(
        &self,
        channel: Channel,
        location: &LocationId,
        services: &[ServiceId],
        people: u16,
    ) -> Result<Visit, VisitError> {
        let place = self.place(location)?;
        let visit = self.visit_at(place, services, people)?;
        let is_staffs =
            |id: &&ServiceId| place.services.get(*id).is_some_and(|offered| offered.staff_only);
        match services.iter().find(is_staffs) {
            Some(id) if channel != Channel::Staff => Err(VisitError::StaffOnly(id.clone())),
            Some(_) | None => Ok(visit),
        }
    }
}

/// Of one service for all people. What a location states wins over what the service states, for
/// further people too unless the service states those.
///
/// # Errors
/// The location does not do the service or not for so many people, or the sum is beyond all bounds.
fn slots_at(
    place: &Location,
    id: &ServiceId,
    service: &Service,
    people: u16,
) -> Result<u16, VisitError> {
    let offered = place.services.get(id).ok_or_else(|| VisitError::NotDoneHere(id.clone()))?;
    if let Some(max) = offered.max_people.filter(|max| people > *max) {
        return Err(VisitError::TooManyHere { service: id.clone(), max });
    }
    let first = offered.slots.unwrap_or(service.slots);
    let further = service.slots_per_further_person.unwrap_or(first);
    (people - 1)
        .checked_mul(further)
        .and_then(|rest| rest.checked_add(first))
        .ok_or(VisitError::TooLong)
}
