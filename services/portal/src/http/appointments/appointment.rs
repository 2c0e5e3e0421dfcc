//! A booking in words.

use std::borrow::Cow;

use client::{BookedBy, Booking};
use ids::{AuthorityId, BookingId};

use super::status::{status_colour, status_key};
use crate::{
    http::{
        another_time::AnotherTime,
        asked::{Asked, What},
        page_error::PageError,
        request::{Authority, Person, Request},
        visit::Summary,
    },
    text::Texts,
};

/// A booking in words.
pub(super) struct Appointment {
    pub(super) authority: AuthorityId,
    pub(super) booking: Booking,
    pub(super) summary: Summary,
    /// The booking party, if not the person.
    pub(super) booked_by: Option<Cow<'static, str>>,
    /// How many come, if more than one.
    pub(super) people: Option<Cow<'static, str>>,
    /// How the person comes to another time.
    pub(super) another_time: AnotherTime,
}

impl Appointment {
    pub(super) fn new(texts: Texts, authority: &Authority, booking: Booking) -> Self {
        let time = (booking.start, booking.end);
        let offer = &authority.offer;
        let summary = Summary::new(texts, offer, &booking.services, &booking.location, time);
        let booked_by = booking.booked_by.as_ref().and_then(|by| booked_by(texts, by));
        let people = booking.people;
        let people = (people > 1).then(|| texts.fill("visit-people", "count", people));
        let another_time = AnotherTime::of(offer, &booking.services);
        let authority = authority.office.id.clone();
        Self { authority, booking, summary, booked_by, people, another_time }
    }

    /// Whether the person can still move or cancel it.
    pub(super) fn is_open(&self) -> bool {
        self.booking.is_open()
    }

    pub(super) fn status_key(&self) -> &'static str {
        status_key(self.booking.status)
    }

    pub(super) fn status_colour(&self) -> &'static str {
        status_colour(self.booking.status)
    }
}

/// The booking party as a text.
fn booked_by(texts: Texts, by: &BookedBy) -> Option<Cow<'static, str>> {
    match by {
        BookedBy::Agency { name } => {
            Some(texts.fill("summary-booked-by-agency", "agency", name.as_str()))
        }
        BookedBy::Desk => Some(texts.text("summary-booked-by-office")),
        BookedBy::Unknown => None,
    }
}

/// A page about one booking.
impl What for BookingId {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        asked.path("booking")
    }
}

/// Reads the booking of the page.
pub(super) async fn find<A: What>(
    request: &Request<Person, Authority, A>,
    booking: BookingId,
) -> Result<Appointment, PageError> {
    let token = request.token().await?;
    let booking = request.authority.office.api.booking(&token, booking).await?;
    Ok(Appointment::new(request.visitor.texts, &request.authority, booking))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn everybody_reads_in_their_language_who_booked_for_them() {
        let agency = BookedBy::Agency { name: "Ausländerakte".to_owned() };
        for language in Language::SHIPPED {
            let texts = Texts::of(*language);
            let by_agency = booked_by(texts, &agency).unwrap();
            assert!(by_agency.contains("Ausländerakte"), "{language}: {by_agency}");
            let by_office = booked_by(texts, &BookedBy::Desk).unwrap();
            assert!(!by_office.contains("summary-"), "{language}: {by_office}");
        }
    }
}
