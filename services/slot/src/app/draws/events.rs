//! What others hear of draws. They name a person by pseudonym and contain no wishes.

use catalogue::Catalogue;
use ids::BookingId;
use jiff::Timestamp;
use messaging::Event;
use proto::{
    booking::v1::BookedService,
    draw::v1::{EntryNotDrawn, NotDrawnBecause},
    waiting::v1::SlotOffered,
};

use super::{declining::Declining, needs_appointment, winners_visit::WinnersVisit};
use crate::{
    app::{
        AppError, Engine,
        events::{authority, place_at, service, service_page},
        portal_page,
    },
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
    /// They were drawn, and have another appointment in the group by now.
    BookedOtherwise(Option<BookingId>),
    /// They were drawn, and did not confirm in time. Until when they can enter no draw of the group now, if
    /// it was not the first time.
    NotConfirmed(Option<Timestamp>),
    /// They were not in the draw: they have had another appointment in the group since then.
    Booked(Timestamp),
    /// Staff withdrew the entry for them.
    WithdrawnAtDesk,
    /// They were drawn, and staff declined the seat for them. Until when they can enter no draw of the group
    /// now, if it was not the first time.
    DeclinedByPhone(Option<Timestamp>),
    /// The draw is for persons with an appointment, and theirs had ended.
    AppointmentEnded,
    /// They were drawn, and the day of the seat was closed.
    DayClosed,
    /// They were drawn, and the time of the seat was over or too soon.
    TimeOver,
}

impl Because {
    /// Whether the person has an appointment: there is nothing to look for.
    const fn keeps_appointment(self, for_earlier: bool) -> bool {
        match self {
            Self::BookedOtherwise(_) | Self::Booked(_) => true,
            Self::NothingLeft
            | Self::Void
            | Self::NotBookable
            | Self::DayClosed
            | Self::TimeOver => for_earlier,
            Self::NotConfirmed(_)
            | Self::DeclinedByPhone(_)
            | Self::WithdrawnAtDesk
            | Self::AppointmentEnded => false,
        }
    }
}

/// What a draw is for, as it is called now: a kept seat may end after the service got another name.
fn drawn_service(catalogue: &Catalogue, draw: &Draw) -> Option<BookedService> {
    service(catalogue, catalogue.service_now(&draw.service).unwrap_or(&draw.service))
}

/// The person was drawn, and the seat is kept until they answer.
pub(super) fn offered(
    engine: &Engine,
    catalogue: &Catalogue,
    winner: &WinnersVisit<'_>,
    answer_by: Timestamp,
    declining: Option<Declining>,
) -> Event {
    let WinnersVisit { draw, entry, seat, .. } = winner;
    let (portal, id) = (engine.manage_url.as_ref(), &catalogue.authority.id);
    let message = SlotOffered {
        offer_id: entry.id.to_string(),
        entry_id: entry.id.to_string(),
        authority: Some(authority(catalogue)),
        pseudonym: entry.person.to_string(),
        language: entry.language.clone(),
        service: drawn_service(catalogue, draw),
        place: Some(place_at(catalogue, &seat.location)),
        starts_at_ms: seat.start.as_millisecond(),
        ends_at_ms: seat.end.as_millisecond(),
        valid_until_ms: answer_by.as_millisecond(),
        replaces_starts_at_ms: 0,
        declines_left: declining.map_or(0, |it| u32::from(it.free_left) + 1),
        answer_url: portal_page::draw_entry(portal, &entry.language, id, draw.id),
        assigned: false,
        drawn: true,
        left_out_until_ms: milliseconds(declining.and_then(|it| it.left_out_until)),
        short_notice: false,
        people: entry.people.into(),
    };
    Event::new(id, entry.id, &message, &*engine.clock, &*engine.entropy)
}

fn milliseconds(at: Option<Timestamp>) -> i64 {
    at.map(Timestamp::as_millisecond).unwrap_or_default()
}

/// The person has no appointment by this draw.
///
/// # Errors
/// The terms of the draw cannot be read.
pub(super) fn not_drawn(
    engine: &Engine,
    catalogue: &Catalogue,
    draw: &Draw,
    entry: &DrawEntry,
    because: Because,
) -> Result<Event, AppError> {
    let (portal, id) = (engine.manage_url.as_ref(), &catalogue.authority.id);
    let for_earlier = needs_appointment(draw)?;
    let manage_url = match because {
        Because::BookedOtherwise(Some(booking)) => {
            portal_page::appointment(portal, &entry.language, id, booking)
        }
        _ if because.keeps_appointment(for_earlier) => {
            portal_page::appointments(portal, &entry.language)
        }
        _ => {
            let service = catalogue.service_now(&draw.service).unwrap_or(&draw.service);
            service_page(engine, catalogue, &entry.language, service)
        }
    };
    let left_out_until = match because {
        Because::NotConfirmed(until) | Because::DeclinedByPhone(until) => until,
        _ => None,
    };
    let (because, booked_at) = match because {
        Because::NothingLeft => (NotDrawnBecause::NothingLeft, None),
        Because::Void => (NotDrawnBecause::Void, None),
        Because::NotBookable => (NotDrawnBecause::NotBookable, None),
        Because::BookedOtherwise(_) => (NotDrawnBecause::BookedOtherwise, None),
        Because::NotConfirmed(_) => (NotDrawnBecause::NotConfirmed, None),
        Because::WithdrawnAtDesk => (NotDrawnBecause::WithdrawnAtDesk, None),
        Because::DeclinedByPhone(_) => (NotDrawnBecause::DeclinedByPhone, None),
        Because::AppointmentEnded => (NotDrawnBecause::AppointmentEnded, None),
        Because::DayClosed => (NotDrawnBecause::DayClosed, None),
        Because::TimeOver => (NotDrawnBecause::TimeOver, None),
        Because::Booked(since) => (NotDrawnBecause::OtherAppointment, Some(since)),
    };
    let begins = engine.berlin.to_timestamp(draw.week.to_datetime(jiff::civil::Time::midnight()));
    let message = EntryNotDrawn {
        entry_id: entry.id.to_string(),
        draw_id: draw.id.to_string(),
        authority: Some(authority(catalogue)),
        pseudonym: entry.person.to_string(),
        language: entry.language.clone(),
        service: drawn_service(catalogue, draw),
        week_starts_at_ms: begins.map(Timestamp::as_millisecond).unwrap_or_default(),
        because: because.into(),
        booked_at_ms: milliseconds(booked_at),
        left_out_until_ms: milliseconds(left_out_until),
        for_earlier,
        manage_url,
    };
    Ok(Event::new(id, entry.id, &message, &*engine.clock, &*engine.entropy))
}
