//! Events for the other services. No personal data: a person is a pseudonym.

use std::collections::BTreeMap;

use catalogue::{Catalogue, Texts};
use ids::{LocationId, ServiceId};
use messaging::Event;
use prost::{Message, Name};
use proto::booking::v1::{
    Appointment, Attendance, Authority, BookedService, BookingAttended, BookingCancelled,
    BookingChanged, BookingConfirmed, BookingRebooked, CancelledBy, Place,
};

use super::{Engine, portal_page};
use crate::domain::Booking;

/// The person has an appointment.
pub fn confirmed(engine: &Engine, catalogue: &Catalogue, booking: &Booking) -> Event {
    let appointment = Some(appointment(engine, catalogue, booking));
    event(engine, catalogue, booking, &BookingConfirmed { appointment })
}

/// The person has `booking` instead of `replaced`.
pub fn rebooked(
    engine: &Engine,
    catalogue: &Catalogue,
    booking: &Booking,
    replaced: &Booking,
) -> Event {
    let message = exchange(engine, catalogue, booking, replaced);
    event(engine, catalogue, booking, &message)
}

/// The same, and they won it in a draw.
pub fn won_earlier(
    engine: &Engine,
    catalogue: &Catalogue,
    booking: &Booking,
    replaced: &Booking,
) -> Event {
    let exchange = exchange(engine, catalogue, booking, replaced);
    event(engine, catalogue, booking, &BookingRebooked { drawn: true, ..exchange })
}

fn exchange(
    engine: &Engine,
    catalogue: &Catalogue,
    booking: &Booking,
    replaced: &Booking,
) -> BookingRebooked {
    BookingRebooked {
        appointment: Some(appointment(engine, catalogue, booking)),
        replaced_booking_id: replaced.id.to_string(),
        replaced_starts_at_ms: replaced.seat.start.as_millisecond(),
        drawn: false,
    }
}

/// Its place or its services are called otherwise now.
pub fn changed(engine: &Engine, catalogue: &Catalogue, booking: &Booking) -> Event {
    let appointment = Some(appointment(engine, catalogue, booking));
    event(engine, catalogue, booking, &BookingChanged { appointment })
}

/// The appointment will not take place.
pub fn cancelled(
    engine: &Engine,
    catalogue: &Catalogue,
    booking: &Booking,
    by: CancelledBy,
    reason: Option<&Texts>,
) -> Event {
    let message = BookingCancelled {
        appointment: Some(appointment(engine, catalogue, booking)),
        cancelled_by: by.into(),
        reason: reason.map(words).unwrap_or_default(),
        kept_starts_at_ms: 0,
    };
    event(engine, catalogue, booking, &message)
}

/// It will not take place, since one human had two: they keep `kept`.
pub fn cancelled_as_second(
    engine: &Engine,
    catalogue: &Catalogue,
    booking: &Booking,
    kept: &Booking,
) -> Event {
    let message = BookingCancelled {
        appointment: Some(appointment(engine, catalogue, booking)),
        cancelled_by: CancelledBy::Office.into(),
        kept_starts_at_ms: kept.seat.start.as_millisecond(),
        ..BookingCancelled::default()
    };
    event(engine, catalogue, booking, &message)
}

/// Something happened at the front desk.
pub fn attended(
    engine: &Engine,
    catalogue: &Catalogue,
    booking: &Booking,
    attendance: Attendance,
) -> Event {
    let message = BookingAttended {
        booking_id: booking.id.to_string(),
        pseudonym: booking.person.to_string(),
        attendance: attendance.into(),
        happened_at_ms: engine.now().as_millisecond(),
    };
    event(engine, catalogue, booking, &message)
}

/// The subject is the series, so that a whole chain of rebookings keeps its order.
fn event<M: Message + Name>(
    engine: &Engine,
    catalogue: &Catalogue,
    booking: &Booking,
    message: &M,
) -> Event {
    let authority = &catalogue.authority.id;
    Event::new(authority, booking.series, message, &*engine.clock, &*engine.entropy)
}

fn appointment(engine: &Engine, catalogue: &Catalogue, booking: &Booking) -> Appointment {
    let services = booking.services.iter().filter_map(|id| Some((id, catalogue.service(id)?)));
    let mut reminders: Vec<u32> = services
        .clone()
        .flat_map(|(_, service)| service.remind_hours_before.iter().map(|hours| hours * 60))
        .collect();
    reminders.sort_unstable();
    reminders.dedup();
    Appointment {
        booking_id: booking.id.to_string(),
        code: booking.code.to_string(),
        series_id: booking.series.to_string(),
        sequence: booking.sequence,
        authority: Some(authority(catalogue)),
        pseudonym: booking.person.to_string(),
        language: booking.language.clone(),
        place: Some(place(catalogue, booking)),
        starts_at_ms: booking.seat.start.as_millisecond(),
        ends_at_ms: booking.seat.end.as_millisecond(),
        services: services
            .map(|(id, service)| BookedService {
                id: service.number.clone().unwrap_or_else(|| id.to_string()),
                service_id: id.to_string(),
                name: words(&service.name),
                note: service.documents.iter().fold(Words::default(), add_lines),
            })
            .collect(),
        reminders_minutes_before: reminders,
        identity_check: booking.doubt.is_some(),
        again_url: again_url(engine, catalogue, booking),
        people: booking.people.into(),
        manage_url: portal_page::appointments(engine.manage_url.as_ref(), &booking.language),
    }
}

/// Where the person finds another one for the same.
fn again_url(engine: &Engine, catalogue: &Catalogue, booking: &Booking) -> String {
    let Some(id) = booking.services.first() else { return String::new() };
    let service = catalogue.service_now(id).unwrap_or(id);
    service_page(engine, catalogue, &booking.language, service)
}

fn place(catalogue: &Catalogue, booking: &Booking) -> Place {
    place_at(catalogue, &booking.seat.location)
}

pub(super) fn place_at(catalogue: &Catalogue, id: &LocationId) -> Place {
    let location = catalogue.location(id);
    Place {
        location_id: id.to_string(),
        name: location.map(|location| words(&location.name)).unwrap_or_default(),
        street: location.map(|location| location.address.street.clone()).unwrap_or_default(),
        postal_code: location.map(|at| at.address.postal_code.clone()).unwrap_or_default(),
        city: location.map(|location| location.address.city.clone()).unwrap_or_default(),
    }
}

/// Whose event it is, as people read it.
pub(super) fn authority(catalogue: &Catalogue) -> Authority {
    Authority { id: catalogue.authority.id.to_string(), name: words(&catalogue.authority.name) }
}

/// What it is for, without what to bring; `None` if the catalogue has it no longer.
pub(super) fn service(catalogue: &Catalogue, id: &ServiceId) -> Option<BookedService> {
    let service = catalogue.service(id)?;
    Some(BookedService {
        id: service.number.clone().unwrap_or_else(|| id.to_string()),
        service_id: id.to_string(),
        name: words(&service.name),
        ..BookedService::default()
    })
}

/// The portal's page of a service, where a person finds another appointment; that of their appointments if the
/// authority offers the service no longer.
pub(super) fn service_page(
    engine: &Engine,
    catalogue: &Catalogue,
    language: &str,
    id: &ServiceId,
) -> String {
    let portal = engine.manage_url.as_ref();
    match catalogue.service(id) {
        Some(_) => portal_page::service(portal, language, &catalogue.authority.id, id),
        None => portal_page::appointments(portal, language),
    }
}

pub(super) type Words = BTreeMap<String, String>;

pub(super) fn words(texts: &Texts) -> Words {
    texts.iter().map(|(language, text)| (language.to_string(), text.to_owned())).collect()
}

/// What to bring, one line per document.
fn add_lines(mut notes: Words, document: &Texts) -> Words {
    for (language, text) in document.iter() {
        let lines = notes.entry(language.to_string()).or_default();
        if !lines.is_empty() {
            lines.push('\n');
        }
        lines.push_str(text);
    }
    notes
}
