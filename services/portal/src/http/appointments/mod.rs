//! A person's own appointments.

pub(super) mod calendar;
pub(super) mod cancel;
pub(super) mod detail;
pub(super) mod email;
pub(super) mod list;

use std::{borrow::Cow, sync::Arc};

use client::{BookedBy, Booking, BookingStatus};
use ids::{AuthorityId, BookingId};

use super::{page_error::PageError, visit::Summary, visitor::Visitor};
use crate::{
    directory::{Offer, Office},
    text::Texts,
};

/// A booking in words.
struct Appointment {
    authority: AuthorityId,
    booking: Booking,
    summary: Summary,
    /// The booking party, if not the person.
    booked_by: Option<Cow<'static, str>>,
}

impl Appointment {
    fn new(texts: Texts, office: &Office, offer: &Offer, booking: Booking) -> Self {
        let visit = (booking.start, booking.end);
        let summary = Summary::new(texts, offer, &booking.services, &booking.location, visit);
        let booked_by = booking.booked_by.as_ref().and_then(|by| booked_by(texts, by));
        Self { authority: office.id.clone(), booking, summary, booked_by }
    }

    /// Whether the person can still move or cancel it.
    fn is_open(&self) -> bool {
        self.booking.is_open()
    }

    fn status_key(&self) -> &'static str {
        status_key(self.booking.status)
    }

    fn status_colour(&self) -> &'static str {
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

/// The text that says how a booking stands.
pub(super) fn status_key(status: Option<BookingStatus>) -> &'static str {
    match status {
        Some(BookingStatus::Confirmed) => "status-confirmed",
        Some(BookingStatus::CheckedIn) => "status-checked-in",
        Some(BookingStatus::Called) => "status-called",
        Some(BookingStatus::Parked) => "status-parked",
        Some(BookingStatus::Served) => "status-served",
        Some(BookingStatus::Missed) => "status-missed",
        Some(BookingStatus::Cancelled) => "status-cancelled",
        Some(BookingStatus::Rebooked) => "status-rebooked",
        None => "status-unknown",
    }
}

/// The badge's colour says the same as its words.
pub(super) fn status_colour(status: Option<BookingStatus>) -> &'static str {
    use BookingStatus::{
        Called, Cancelled, CheckedIn, Confirmed, Missed, Parked, Rebooked, Served,
    };
    match status {
        Some(Confirmed | Served) => "success",
        Some(CheckedIn | Called | Parked) => "info",
        Some(Missed) => "danger",
        Some(Cancelled | Rebooked) | None => "warning",
    }
}

/// Reads one of the person's bookings.
async fn find(
    visitor: &Visitor,
    authority: &AuthorityId,
    booking: BookingId,
    is_form: bool,
) -> Result<(Office, Arc<Offer>, Booking), PageError> {
    visitor.login(is_form)?;
    let (office, offer) = visitor.office(authority).await?;
    let token = visitor.token(authority, is_form).await?;
    let booking = office.api.booking(&token, booking).await?;
    Ok((office, offer, booking))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn everybody_reads_in_their_language_who_booked_for_them() {
        let agency = BookedBy::Agency { name: "Ausländerakte".to_owned() };
        for language in Language::ALL {
            let texts = Texts::of(*language);
            let by_agency = booked_by(texts, &agency).unwrap();
            assert!(by_agency.contains("Ausländerakte"), "{language}: {by_agency}");
            let by_office = booked_by(texts, &BookedBy::Desk).unwrap();
            assert!(!by_office.contains("summary-"), "{language}: {by_office}");
        }
    }
}
