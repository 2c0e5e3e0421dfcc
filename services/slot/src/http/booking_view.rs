//! A booking as its owner, the desk and agencies see it.

use booking::state::BookingStatus;
use ids::{BookingCode, BookingId, ClientId, LocationId, ServiceId};
use reference::schema_of;
use serde::Serialize;
use utoipa::ToSchema;

use super::local_time::LocalTime;
use crate::{
    app::{booking_history::Happened, giving_up::GivingUp},
    domain::{BookedBy, Booking},
    person_data::Visitor,
};

/// A booking. The person and the history are only in the answer to that person about one booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Booking)]
pub(super) struct BookingView {
    id: BookingId,
    code: BookingCode,
    /// Where it stands. Active are `confirmed`, `checked_in`, `called` and `parked`.
    #[schema(schema_with = schema_of::<BookingStatus>)]
    status: BookingStatus,
    location: LocationId,
    start: LocalTime,
    end: LocalTime,
    services: Vec<ServiceId>,
    /// How many come together.
    people: u16,
    created_at: LocalTime,
    /// The booking party, if not the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    booked_by: Option<BookedByView>,
    /// The desk compares the documents first, because the person may be one that identity knows already. Left
    /// out if `false`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    identity_check: bool,
    /// Booked by phone: the document is compared at the visit. Missing if it is not so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    provisional: bool,
    /// `missed`, and nobody noted whether the person came: it was closed after its end, and no waiting period
    /// follows. Only where bookings are read, by the person or at the desk. Missing if it is not so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    unnoted: bool,
    /// Grows with each change; the SEQUENCE of the calendar entry (RFC 5545).
    sequence: u32,
    /// The first booking of a row of rebookings; the same calendar entry.
    series_id: BookingId,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// The booking that was given up for this one.
    replaces: Option<BookingId>,
    /// The name on the booking, as it was proven. Only in the answer to the person about one booking.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<BookedName>,
    /// What happened to the appointment, the oldest first. Only when one booking is read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    history: Vec<BookingEvent>,
    /// What follows if the person gives it up now. Only for the person, when one booking is read that can
    /// still be given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    giving_up: Option<GivingUpView>,
}

/// What follows for the person if they give the booking up now, as the rules of its services say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = GivingUp)]
pub(super) struct GivingUpView {
    /// How many more cancellations and moves are free, this one included. Missing if they are not limited.
    #[serde(skip_serializing_if = "Option::is_none")]
    free_left: Option<u16>,
    /// From when on the same can be booked again after cancelling. Missing if that is at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    rebook_from: Option<LocalTime>,
    /// From when on it can be moved again, or something else be booked, after moving. Missing if that is
    /// at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    move_again_from: Option<LocalTime>,
}

impl From<GivingUp> for GivingUpView {
    fn from(giving_up: GivingUp) -> Self {
        Self {
            free_left: giving_up.free_left,
            rebook_from: giving_up.rebook_from.map(LocalTime),
            move_again_from: giving_up.move_again_from.map(LocalTime),
        }
    }
}

/// The name on a booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct BookedName {
    /// All given names; empty for people with a single name.
    given_name: String,
    /// The family name.
    family_name: String,
}

/// One thing that happened to an appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct BookingEvent {
    at: LocalTime,
    /// `booked`, `moved`, `cancelled`, `served`, `missed` or `closed`: nobody noted whether the person came.
    #[schema(value_type = String, example = "booked")]
    what: &'static str,
    /// When the appointment begins since then.
    start: LocalTime,
    /// The office did it, and not the person.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    by_office: bool,
}

impl From<Happened> for BookingEvent {
    fn from(happened: Happened) -> Self {
        Self {
            at: LocalTime(happened.at),
            what: happened.what.as_str(),
            start: LocalTime(happened.start),
            by_office: happened.by_office,
        }
    }
}

impl BookingView {
    /// The booking alone, as its person reads it, or a program for them: then without the name.
    pub(super) fn alone(
        booking: &Booking,
        visitor: Option<Visitor>,
        history: Vec<Happened>,
        giving_up: Option<GivingUp>,
    ) -> Self {
        Self {
            person: visitor.map(|visitor| BookedName {
                given_name: visitor.given_name,
                family_name: visitor.family_name,
            }),
            history: history.into_iter().map(BookingEvent::from).collect(),
            giving_up: giving_up.map(GivingUpView::from),
            ..Self::from(booking)
        }
    }
}

impl BookingView {
    /// The same, with whether it ended without a note of the desk.
    pub(super) fn unnoted(self, unnoted: bool) -> Self {
        Self { unnoted, ..self }
    }
}

impl From<&Booking> for BookingView {
    fn from(booking: &Booking) -> Self {
        Self {
            id: booking.id,
            code: booking.code,
            status: booking.status,
            location: booking.seat.location.clone(),
            start: LocalTime(booking.seat.start),
            end: LocalTime(booking.seat.end),
            services: booking.services.clone(),
            people: booking.people,
            created_at: LocalTime(booking.created_at),
            booked_by: booking.booked_by.clone().map(Into::into),
            identity_check: booking.doubt.is_some(),
            provisional: booking.binding.is_provisional(),
            unnoted: false,
            sequence: booking.sequence,
            series_id: booking.series,
            replaces: booking.replaces,
            person: None,
            history: Vec::new(),
            giving_up: None,
        }
    }
}

/// The booking party, as shown to the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(as = BookedBy)]
enum BookedByView {
    /// An agency's program, which the person let act for them.
    Agency {
        /// Which program.
        client: ClientId,
        /// What it was called when the person allowed it.
        #[schema(example = "Ausländerakte")]
        name: String,
    },
    /// The authority's own staff.
    Desk,
}

impl From<BookedBy> for BookedByView {
    fn from(party: BookedBy) -> Self {
        match party {
            BookedBy::Agency { client, name } => Self::Agency { client, name },
            BookedBy::Desk => Self::Desk,
        }
    }
}
