//! What others hear of draws. They name a person by pseudonym and contain no wishes.

use catalogue::Catalogue;
use jiff::Timestamp;
use messaging::Event;
use proto::{
    booking::v1::{Authority, BookedService},
    draw::v1::{EntryNotDrawn, NotDrawnBecause},
};

use super::needs_appointment;
use crate::{
    app::{Engine, events::words, portal_page},
    domain::draw::{Draw, DrawEntry},
};

/// Why a person has no appointment by a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Because {
    /// Nothing that they wished was left at their turn.
    NothingLeft,
    /// The draw is void.
    Void,
    /// They were drawn, and something was in the way of the booking.
    NotBookable,
    /// They were not in the draw: they have had another appointment in the group since then.
    Booked(Timestamp),
    /// Staff withdrew the entry for them.
    WithdrawnAtDesk,
    /// The draw is for persons with an appointment, and theirs had ended.
    AppointmentEnded,
}

/// The person has no appointment by this draw.
pub(super) fn not_drawn(
    engine: &Engine,
    catalogue: &Catalogue,
    draw: &Draw,
    entry: &DrawEntry,
    because: Because,
) -> Event {
    let (because, booked_at) = match because {
        Because::NothingLeft => (NotDrawnBecause::NothingLeft, None),
        Because::Void => (NotDrawnBecause::Void, None),
        Because::NotBookable => (NotDrawnBecause::NotBookable, None),
        Because::WithdrawnAtDesk => (NotDrawnBecause::WithdrawnAtDesk, None),
        Because::AppointmentEnded => (NotDrawnBecause::AppointmentEnded, None),
        Because::Booked(since) => (NotDrawnBecause::OtherAppointment, Some(since)),
    };
    let service = catalogue.service(&draw.service);
    let begins = engine.berlin.to_timestamp(draw.week.to_datetime(jiff::civil::Time::midnight()));
    let message = EntryNotDrawn {
        entry_id: entry.id.to_string(),
        draw_id: draw.id.to_string(),
        authority: Some(Authority {
            id: catalogue.authority.id.to_string(),
            name: words(&catalogue.authority.name),
        }),
        pseudonym: entry.person.to_string(),
        language: entry.language.clone(),
        service: service.map(|service| BookedService {
            id: service.number.clone().unwrap_or_else(|| draw.service.to_string()),
            service_id: draw.service.to_string(),
            name: words(&service.name),
            ..BookedService::default()
        }),
        week_starts_at_ms: begins.map(Timestamp::as_millisecond).unwrap_or_default(),
        because: because.into(),
        booked_at_ms: booked_at.map(Timestamp::as_millisecond).unwrap_or_default(),
        for_earlier: needs_appointment(draw),
        manage_url: portal_page::appointments(engine.manage_url.as_ref(), &entry.language),
    };
    let authority = &catalogue.authority.id;
    Event::new(authority, entry.id, &message, &*engine.clock, &*engine.entropy)
}
