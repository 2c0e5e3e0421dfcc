//! Whatever keeps a seat from others.

use std::{fmt, str::FromStr};

use ids::{GroupId, Pseudonym, ReservationId};
use jiff::Timestamp;

use crate::Seat;

/// What keeps a seat from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReservationKind {
    /// A person decides, for some minutes. Not durable.
    Hold,
    /// An appointment.
    Booking,
    /// A seat that was offered to a person of a waiting list, for hours or days.
    Offer,
    /// A seat that is to be drawn.
    DrawPool,
    /// A seat that was given up and becomes free at a moment that is not decided yet.
    Returning,
    /// Desk time that the public cannot book. Staff may book it for a person.
    Closed,
}

impl ReservationKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Hold, Self::Booking, Self::Offer, Self::DrawPool, Self::Returning, Self::Closed];

    /// Whether the database keeps it. The rest is lost with the hold store, and may be.
    #[must_use]
    pub const fn is_durable(self) -> bool {
        !matches!(self, Self::Hold)
    }

    /// The kind as it stands in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Booking => "booking",
            Self::Offer => "offer",
            Self::DrawPool => "draw_pool",
            Self::Returning => "returning",
            Self::Closed => "closed",
        }
    }
}

impl fmt::Display for ReservationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text is none of the kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of reservation")]
pub struct UnknownKind;

impl FromStr for ReservationKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownKind)
    }
}

/// A seat that is kept from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// Which. That of a hold or a booking has the same 128 bits as the hold or the booking.
    pub id: ReservationId,
    /// Why it is kept.
    pub kind: ReservationKind,
    /// What is kept.
    pub seat: Seat,
    /// The person it counts for, if it excludes a second one in the group.
    pub holder: Option<(Pseudonym, GroupId)>,
    /// When it ends at the latest, for what ends by itself: a hold, an offer, a returning seat.
    pub until: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_back_and_only_holds_may_be_lost() {
        for kind in ReservationKind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
            assert_eq!(kind.is_durable(), kind != ReservationKind::Hold);
        }
    }
}
