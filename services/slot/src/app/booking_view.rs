//! A booking as its owner, the desk and agencies see it.

use booking::state::BookingStatus;
use ids::{BookingCode, BookingId, LocationId, ServiceId};
use jiff::Timestamp;
use serde::Serialize;

use crate::store::bookings::Booking;

/// A booking without anything about the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookingView {
    id: BookingId,
    code: BookingCode,
    status: BookingStatus,
    location: LocationId,
    start: Timestamp,
    end: Timestamp,
    services: Vec<ServiceId>,
    people: u16,
    created_at: Timestamp,
    sequence: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<BookingId>,
}

impl From<&Booking> for BookingView {
    fn from(booking: &Booking) -> Self {
        Self {
            id: booking.id,
            code: booking.code,
            status: booking.status,
            location: booking.seat.location.clone(),
            start: booking.starts_at,
            end: booking.ends_at,
            services: booking.services.clone(),
            people: booking.people,
            created_at: booking.created_at,
            sequence: booking.sequence,
            replaces: booking.replaces,
        }
    }
}
