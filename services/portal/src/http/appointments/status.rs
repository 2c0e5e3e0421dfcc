//! How a booking stands, in words and colour.

use client::BookingStatus;

/// The text that says how a booking stands.
pub(crate) fn status_key(status: Option<BookingStatus>) -> &'static str {
    match status {
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
pub(crate) fn status_colour(status: Option<BookingStatus>) -> &'static str {
    use BookingStatus::{
        Called, Cancelled, CheckedIn, Confirmed, Missed, Parked, Rebooked, Served,
    };
    match status {
        Some(Confirmed | Served) => "success",
        Some(CheckedIn | Called | Parked) => "info",
        Some(Missed) => "danger",
        Some(Cancelled | Rebooked) | None => "warning",
    }
}
