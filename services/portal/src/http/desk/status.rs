//! How a visit stands, in the words of staff: the person's own page speaks to the person.

use client::{Booking, BookingStatus};
use jiff::Timestamp;

/// The text that says how a visit stands at `now`. What nobody noted is no miss.
pub(super) fn status_key(booking: &Booking, now: Timestamp) -> &'static str {
    if booking.is_over(now) {
        return "desk-is-over";
    }
    match booking.status {
        Some(BookingStatus::Confirmed) => "desk-is-booked",
        Some(BookingStatus::CheckedIn) => "desk-is-here",
        Some(BookingStatus::Called) => "desk-is-called",
        Some(BookingStatus::Parked) => "desk-is-parked",
        Some(BookingStatus::Served) => "desk-is-served",
        Some(BookingStatus::Missed) => "desk-is-missed",
        Some(BookingStatus::Cancelled) => "desk-is-cancelled",
        Some(BookingStatus::Rebooked) => "desk-is-moved",
        None => "desk-is-unknown",
    }
}
