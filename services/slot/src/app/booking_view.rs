//! A booking as its owner, the desk and agencies see it.

use booking::state::BookingStatus;
use ids::{BookingCode, BookingId, LocationId, ServiceId};
use reference::schema_of;
use serde::Serialize;
use utoipa::ToSchema;

use super::LocalTime;
use crate::store::bookings::{BookedBy, Booking};

/// A booking without anything about the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Booking)]
pub struct BookingView {
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
    booked_by: Option<BookedBy>,
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
            booked_by: booking.booked_by.clone(),
            sequence: booking.sequence,
            series_id: booking.series,
            replaces: booking.replaces,
        }
    }
}
