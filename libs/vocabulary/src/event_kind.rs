//! The events about bookings that agencies can follow.
//!
//! The bus carries more kinds (people, log-ins, catalogues): those stay between our services.
//! What is listed here is a promise to other programs, by webhook and by feed. To add one,
//! write its message in `proto/`, and its variant and two names here.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// A person has an appointment.
    BookingConfirmed,
    /// It took the place of another one.
    BookingRebooked,
    /// The person or the office gave it up.
    BookingCancelled,
    /// The front desk moved it on, see `Attendance` in `proto/`.
    BookingAttended,
    /// The office changed what the place or the services are called.
    BookingChanged,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::BookingConfirmed,
        Self::BookingRebooked,
        Self::BookingCancelled,
        Self::BookingAttended,
        Self::BookingChanged,
    ];

    /// The kind as it stands in subscriptions, in the feed and in routing keys.
    ///
    /// Agencies write it in a subscription, so it is short and never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BookingConfirmed => "booking-confirmed",
            Self::BookingRebooked => "booking-rebooked",
            Self::BookingCancelled => "booking-cancelled",
            Self::BookingAttended => "booking-attended",
            Self::BookingChanged => "booking-changed",
        }
    }

    /// The full name of its message in `proto/`.
    ///
    /// Versioned: a change that breaks readers becomes `fairtermin.booking.v2`, as a kind of
    /// its own.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::BookingConfirmed => "fairtermin.booking.v1.BookingConfirmed",
            Self::BookingRebooked => "fairtermin.booking.v1.BookingRebooked",
            Self::BookingCancelled => "fairtermin.booking.v1.BookingCancelled",
            Self::BookingAttended => "fairtermin.booking.v1.BookingAttended",
            Self::BookingChanged => "fairtermin.booking.v1.BookingChanged",
        }
    }

    /// The kind whose message has this full name; `None` if agencies cannot follow it.
    ///
    /// For the feed and the webhooks, which see each event of the bus and pass on those that
    /// have a kind.
    #[must_use]
    pub fn of_message(full_name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.message() == full_name)
    }
}

/// A text is none of the kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of event")]
pub struct UnknownEventKind;

impl FromStr for EventKind {
    type Err = UnknownEventKind;

    fn from_str(text: &str) -> Result<Self, UnknownEventKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownEventKind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_reads_back() {
        for kind in EventKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
            assert_eq!(EventKind::of_message(kind.message()), Some(kind));
        }
    }
}
