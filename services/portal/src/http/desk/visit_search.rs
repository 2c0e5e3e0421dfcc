//! What staff search free times for: what for, where and on which day.

use client::Service;
use ids::{LocationId, ServiceId};
use jiff::civil::Date;

use super::fields::{
    Choice, ChoiceField, Fields, Mistake, PLACE_MISSING, TextField, day_of, day_shown, people_of,
};
use crate::{
    directory::Offer,
    http::{another_time::AnotherTime, asked::Asked, page_error::PageError, visit::Name},
};

/// What was filled in.
#[derive(Clone)]
pub(super) struct VisitSearch {
    service: Option<ServiceId>,
    place: Option<LocationId>,
    day: String,
    people: String,
}

/// A search that makes sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WantedVisit {
    pub(super) service: ServiceId,
    pub(super) place: LocationId,
    pub(super) day: Date,
    pub(super) people: u16,
}

impl WantedVisit {
    /// Names the search of which a page shows the times: those of another one are not booked by mistake.
    pub(super) fn name(&self) -> String {
        let Self { service, place, day, people } = self;
        format!("{service} {place} {day} {people}")
    }
}

/// Whether a page was asked to search, and not only opened.
pub(super) fn is_searched(asked: &Asked) -> bool {
    ["service", "location", "day"].iter().any(|name| asked.has(name))
}

impl VisitSearch {
    pub(super) fn read(asked: &Asked) -> Self {
        let digits = |name| texts::plain_digits(asked.trimmed(name));
        Self {
            service: asked.trimmed("service").parse().ok(),
            place: asked.trimmed("location").parse().ok(),
            day: digits("day"),
            people: if asked.has("people") { digits("people") } else { "1".to_owned() },
        }
    }

    /// What is missing or cannot be meant, in the order of the page.
    pub(super) fn mistakes(&self, offer: &Offer) -> Vec<Mistake> {
        let service = self.service.as_ref().filter(|id| bookable(offer).any(|it| it.id == **id));
        let place = self.place.as_ref().and_then(|id| offer.location(id));
        let is_elsewhere = place.zip(service).is_some_and(|(place, service)| {
            !place.services.contains(service) && !place.staff_services.contains(service)
        });
        let all = [
            (service.is_none(), ("service", "desk-book-wrong-service")),
            (place.is_none(), PLACE_MISSING),
            (is_elsewhere, ("location", "desk-book-elsewhere")),
            (day_of(&self.day).is_none(), ("day", "waiting-day-unreadable")),
            (people_of(&self.people).is_none(), ("people", "desk-wrong-people")),
        ];
        all.into_iter().filter_map(|(is_wrong, mistake)| is_wrong.then_some(mistake)).collect()
    }

    /// What is meant; `None` if something is missing or cannot be meant.
    pub(super) fn wanted(&self, offer: &Offer) -> Option<WantedVisit> {
        if !self.mistakes(offer).is_empty() {
            return None;
        }
        Some(WantedVisit {
            service: self.service.clone()?,
            place: self.place.clone()?,
            day: day_of(&self.day)?,
            people: people_of(&self.people)?,
        })
    }
}

/// The services whose time is chosen, and that a place does.
pub(super) fn bookable(offer: &Offer) -> impl Iterator<Item = &Service> {
    let is_done = move |id: &ServiceId| {
        let mut places = offer.locations.iter();
        places.any(|place| place.services.contains(id) || place.staff_services.contains(id))
    };
    offer.services.iter().filter(move |service| {
        let id = std::slice::from_ref(&service.id);
        is_done(&service.id) && AnotherTime::of(offer, id).is_chosen()
    })
}

/// An authority at which no time is chosen has no such page.
///
/// # Errors
/// [`PageError::NotFound`].
pub(super) fn require_bookable(offer: &Offer) -> Result<(), PageError> {
    bookable(offer).next().map(drop).ok_or(PageError::NotFound)
}

/// The fields as the page shows them.
pub(super) struct SearchPart {
    pub(super) service: ChoiceField,
    pub(super) place: ChoiceField,
    pub(super) day: TextField,
    pub(super) people: TextField,
}

impl SearchPart {
    pub(super) fn new(fields: Fields<'_>, offer: &Offer, search: &VisitSearch) -> Self {
        let texts = fields.texts;
        let services = bookable(offer).map(|service| Choice {
            value: service.id.to_string(),
            label: Name::of(&service.name, texts).text,
            chosen: Some(&service.id) == search.service.as_ref(),
        });
        Self {
            service: fields.choice("service", "desk-service", services.collect()),
            place: fields.places("location", "desk-place", offer, search.place.as_ref()),
            day: fields.text("day", "desk-day", None, &day_shown(&search.day)).of_kind("date"),
            people: fields.text("people", "draw-people", None, &search.people),
        }
    }
}
