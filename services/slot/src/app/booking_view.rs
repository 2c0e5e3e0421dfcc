//! A booking as its owner, the desk and agencies see it.

use booking::state::BookingStatus;
use ids::{BookingCode, BookingId, LocationId, ServiceId};
use serde::Serialize;

use super::LocalTime;
use crate::store::bookings::Booking;

/// A booking without anything about the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookingView {
    id: BookingId,
    code: BookingCode,
    status: BookingStatus,
    location: LocationId,
    start: LocalTime,
    end: LocalTime,
    services: Vec<ServiceId>,
    people: u16,
    created_at: LocalTime,
    sequence: u32,
    series_id: BookingId,
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
            start: LocalTime(booking.starts_at),
            end: LocalTime(booking.ends_at),
            services: booking.services.clone(),
            people: booking.people,
            created_at: LocalTime(booking.created_at),
            sequence: booking.sequence,
            series_id: booking.series,
            replaces: booking.replaces,
        }
    }
}
