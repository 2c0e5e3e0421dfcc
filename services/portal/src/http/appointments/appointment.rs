//! A booking in words.

use std::borrow::Cow;

use booking::state::NOTED_WITHIN;
use client::{BookedBy, Booking};
use ids::{AuthorityId, BookingId};
use jiff::Timestamp;

use super::status::{status_colour, status_key};
use crate::{
    http::{
        another_time::AnotherTime,
        asked::{Asked, What},
        page_error::PageError,
        request::{Authority, Person, Request},
        visit::{self, Summary},
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
    /// It is over and the office has noted nothing yet: from when on the person can book another one.
    pub(super) bound: Option<Cow<'static, str>>,
    now: Timestamp,
}

impl Appointment {
    pub(super) fn new(
        texts: Texts,
        authority: &Authority,
        booking: Booking,
        now: Timestamp,
    ) -> Self {
        let time = (booking.start, booking.end);
        let offer = &authority.offer;
        let summary = Summary::new(texts, offer, &booking.services, &booking.location, time);
        let booked_by = booking.booked_by.as_ref().and_then(|by| booked_by(texts, by));
        let people = visit::people(texts, booking.people);
        let another_time = AnotherTime::of(offer, &booking.services);
        // A service whose dates the authority gives has no "book again".
        let bound = bound(texts, &booking, now).filter(|_| another_time.is_chosen());
        let authority = authority.office.id.clone();
        Self { authority, booking, summary, booked_by, people, another_time, bound, now }
    }

    /// Whether the person still comes to it, or is waited for now.
    pub(super) fn is_open(&self) -> bool {
        self.booking.is_open() && !self.is_over()
    }

    /// Whether the person can still move or cancel it.
    pub(super) fn can_change(&self) -> bool {
        self.booking.can_change(self.now)
    }

    /// Whether its time has passed and the office has noted nothing, then or at all.
    pub(super) fn is_over(&self) -> bool {
        self.booking.is_over(self.now)
    }

    /// What follows from that for the next one, if anything does.
    pub(super) fn over_body(&self) -> &str {
        self.bound.as_deref().unwrap_or_default()
    }

    pub(super) fn status_key(&self) -> &'static str {
        status_key(&self.booking, self.now)
    }

    pub(super) fn status_colour(&self) -> &'static str {
        status_colour(&self.booking, self.now)
    }
}

/// From when on the person of an appointment that is over can book another one, if that is later than now.
fn bound(texts: Texts, booking: &Booking, now: Timestamp) -> Option<Cow<'static, str>> {
    let until = booking.end.saturating_add(NOTED_WITHIN).unwrap_or(Timestamp::MAX);
    let is_bound = booking.is_open() && booking.is_over(now) && now < until;
    is_bound.then(|| texts.fill("appointment-over-until", "time", texts.moment(until).into_owned()))
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
    let Request { visitor, authority, .. } = request;
    Ok(Appointment::new(visitor.texts, authority, booking, visitor.now()))
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
