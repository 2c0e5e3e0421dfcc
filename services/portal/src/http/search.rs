//! What a person searches for: part of each page on the way to an appointment.

use client::{Booking, Location, Position, Visit};
use ids::{BookingId, LocationId, ServiceId};
use jiff::Timestamp;
use url::form_urlencoded::Serializer;

use super::{
    asked::{Asked, What},
    page_error::PageError,
};
use crate::{directory::Offer, near, session::HeldSlot};

/// What is kept of a postcode that was typed, in letters: enough to show what is wrong with it.
const LONGEST_NEAR: usize = 20;

/// What a person searches for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SearchCriteria {
    /// At least one.
    pub(crate) services: Vec<ServiceId>,
    /// Where; empty means anywhere.
    pub(crate) locations: Vec<LocationId>,
    /// The postcode that places shall be near to, as it was typed.
    pub(crate) near: Option<String>,
    /// How many people come, if more than one.
    pub(crate) people: Option<u16>,
    /// The appointment that shall be replaced.
    pub(crate) replaces: Option<BookingId>,
}

/// More people than any authority takes at a time: a greater number is read as this one, and the form says how
/// many can come.
const TOO_MANY_PEOPLE: u16 = 101;

impl What for SearchCriteria {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let services: Vec<ServiceId> = asked.all("service")?;
        if services.is_empty() {
            return Err(PageError::BadRequest);
        }
        let replaces = asked.all("replaces")?.pop();
        let near: String = asked.trimmed("near").chars().take(LONGEST_NEAR).collect();
        let near = (!near.is_empty()).then_some(near);
        let people: Option<u16> = asked.all("people")?.pop();
        if people == Some(0) {
            return Err(PageError::BadRequest);
        }
        let people = people.filter(|people| *people > 1).map(|people| people.min(TOO_MANY_PEOPLE));
        Ok(Self { services, locations: asked.all("location")?, near, people, replaces })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        let known = self.services.iter().all(|id| offer.service(id).is_some())
            && self.locations.iter().all(|id| offer.location(id).is_some());
        if known { Ok(()) } else { Err(PageError::NotFound) }
    }
}

impl SearchCriteria {
    /// One service, anywhere.
    pub(crate) fn service(id: ServiceId) -> Self {
        Self { services: vec![id], ..Self::default() }
    }

    /// Another appointment instead of `booking`.
    pub(crate) fn instead_of(booking: &Booking) -> Self {
        Self {
            services: booking.services.clone(),
            people: (booking.people > 1).then_some(booking.people),
            replaces: Some(booking.id),
            ..Self::default()
        }
    }

    /// The search that led to a held slot.
    pub(crate) fn behind(held: &HeldSlot) -> Self {
        Self {
            services: held.hold.services.clone(),
            locations: held.searched.clone(),
            near: None,
            people: (held.hold.people > 1).then_some(held.hold.people),
            replaces: held.hold.replaces,
        }
    }

    /// The same search anywhere.
    pub(crate) fn anywhere(&self) -> Self {
        Self { locations: Vec::new(), ..self.clone() }
    }

    /// The middle of the postcode, if it is one that we know.
    pub(crate) fn near_position(&self) -> Option<Position> {
        self.near.as_deref().and_then(near::centre_of)
    }

    /// The postcode as further links and forms carry it: one that we do not know is said once, where it was typed.
    pub(crate) fn known_near(&self) -> Option<&str> {
        self.near.as_deref().filter(|near| near::centre_of(near).is_some())
    }

    /// The places that do these services, with their distance in kilometres: the nearest first if a
    /// postcode is given, else as the authority lists them.
    pub(crate) fn places<'o>(&'o self, offer: &'o Offer) -> Vec<(&'o Location, Option<f64>)> {
        let from = self.near_position();
        let distance = |place: &Location| Some(near::kilometres(from?, near::position_of(place)?));
        let places = offer.places_for(&self.services);
        let mut places: Vec<_> = places.map(|place| (place, distance(place))).collect();
        places.sort_by(|(_, one), (_, other)| {
            let far = |distance: &Option<f64>| distance.unwrap_or(f64::INFINITY);
            far(one).total_cmp(&far(other))
        });
        places
    }

    /// The visit to ask the authority about: at the chosen locations, or at all that do these
    /// services.
    pub(crate) fn visit(&self, offer: &Offer) -> Visit {
        let locations = if self.locations.is_empty() {
            offer.places_for(&self.services).map(|place| place.id.clone()).collect()
        } else {
            self.locations.clone()
        };
        Visit { services: self.services.clone(), locations, people: self.people }
    }

    pub(super) fn query(&self) -> Serializer<'static, String> {
        let mut query = Serializer::new(String::new());
        for service in &self.services {
            query.append_pair("service", service.as_str());
        }
        for location in &self.locations {
            query.append_pair("location", location.as_str());
        }
        if let Some(near) = self.known_near() {
            query.append_pair("near", near);
        }
        if let Some(people) = self.people {
            query.append_pair("people", &people.to_string());
        }
        if let Some(replaces) = self.replaces {
            query.append_pair("replaces", &replaces.to_string());
        }
        query
    }
}

/// A search and one slot of its result.
#[derive(Debug)]
pub(crate) struct ChosenSlot {
    pub(crate) criteria: SearchCriteria,
    pub(crate) location: LocationId,
    pub(crate) start: Timestamp,
}

impl What for ChosenSlot {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let (location, start) = read_slot(asked.field("slot").ok_or(PageError::BadRequest)?)?;
        Ok(Self { criteria: SearchCriteria::read(asked)?, location, start })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        self.criteria.check(offer)
    }
}

impl ChosenSlot {
    /// Whether a visit is the chosen one: there and then, for the same services and as many people.
    pub(super) fn is_visit(
        &self,
        location: &LocationId,
        start: Timestamp,
        services: &[ServiceId],
        people: u16,
    ) -> bool {
        let wanted = &self.criteria.services;
        self.start == start
            && self.location == *location
            && self.criteria.people.unwrap_or(1) == people
            && wanted.len() == services.len()
            && wanted.iter().all(|service| services.contains(service))
    }
}

/// One slot as the value of a form field.
pub(crate) fn slot_field(location: &LocationId, start: Timestamp) -> String {
    format!("{location}@{start}")
}

/// Reads what [`slot_field`] wrote.
fn read_slot(field: &str) -> Result<(LocationId, Timestamp), PageError> {
    let (location, start) = field.split_once('@').ok_or(PageError::BadRequest)?;
    let location = location.parse().map_err(|_| PageError::BadRequest)?;
    let start = start.parse().map_err(|_| PageError::BadRequest)?;
    Ok((location, start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_survives_the_way_through_a_form() {
        let location: LocationId = "122280".parse().unwrap();
        let start = "2027-01-04T07:00:00Z".parse().unwrap();
        let field = slot_field(&location, start);
        assert_eq!(read_slot(&field).unwrap(), (location, start));
        for wrong in ["", "122280", "@", "122280@", "122280@tomorrow", "ü@2027-01-04T07:00:00Z"] {
            assert!(read_slot(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_search_survives_the_way_through_a_query() {
        let criteria = SearchCriteria {
            services: vec!["120686".parse().unwrap(), "120703".parse().unwrap()],
            locations: vec!["122280".parse().unwrap()],
            near: Some("10178".to_owned()),
            people: Some(3),
            replaces: Some(BookingId::from_bits(7)),
        };
        let query = criteria.query().finish();
        let fields = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let asked = Asked { fields, ..Asked::default() };
        assert_eq!(SearchCriteria::read(&asked).unwrap(), criteria);
    }
}
