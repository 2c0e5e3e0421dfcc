//! A booking as its owner, the desk and agencies see it.

use booking::state::BookingStatus;
use ids::{BookingCode, BookingId, ClientId, LocationId, ServiceId};
use reference::schema_of;
use serde::Serialize;
use utoipa::ToSchema;

use super::local_time::LocalTime;
use crate::domain::{BookedBy, Booking};

/// A booking without anything about the person.
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
    /// Whether the desk compares the documents first: it is unresolved if the person is somebody else who
    /// is known. Left out if it need not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    identity_check: bool,
    /// Booked by phone: the document is compared at the visit. Missing if it is not so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    provisional: bool,
    /// Grows with each change; the SEQUENCE of the calendar entry (RFC 5545).
    sequence: u32,
    /// The first booking of a row of rebookings; the same calendar entry.
    series_id: BookingId,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// The booking that was given up for this one.
    replaces: Option<BookingId>,
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
            sequence: booking.sequence,
            series_id: booking.series,
            replaces: booking.replaces,
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
