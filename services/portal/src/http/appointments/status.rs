//! How a booking stands, in words and colour.

use client::{Booking, BookingStatus};
use jiff::Timestamp;

/// The text that says how a booking stands at `now`.
pub(crate) fn status_key(booking: &Booking, now: Timestamp) -> &'static str {
    if booking.is_over(now) {
        return "status-over";
    }
    match booking.status {
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
pub(crate) fn status_colour(booking: &Booking, now: Timestamp) -> &'static str {
    use BookingStatus::{
        Called, Cancelled, CheckedIn, Confirmed, Missed, Parked, Rebooked, Served,
    };
    if booking.is_over(now) {
        return "info";
    }
    match booking.status {
        Some(Confirmed | Served) => "success",
        Some(CheckedIn | Called | Parked) => "info",
        Some(Missed) => "danger",
        Some(Cancelled | Rebooked) | None => "warning",
    }
}
