//! Whatever keeps a seat from others.
//!
//! Six kinds, one rule: no two reservations of one desk overlap, of whatever kind. A booking
//! that is cancelled becomes a returning seat in one step, so there is no moment at which the
//! seat is kept by none and could be caught.
//!
//! | kind | ends by itself | kept in |
//! |---|---|---|
//! | hold | after `holdMinutes` | hold store |
//! | booking | no | database and hold store |
//! | offer | at its deadline | database and hold store |
//! | draw pool | no | database and hold store |
//! | returning | by chance, in its window | database and hold store; of a hold: hold store |
//! | closed | no | database and hold store; of a hold: hold store |

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
    /// A seat that was offered to a person of a waiting list, or given by the office to an application on
    /// file, for hours or days.
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
    ///
    /// In the order in which reports count them; no kind is stronger than another.
    pub const ALL: [Self; 6] =
        [Self::Hold, Self::Booking, Self::Offer, Self::DrawPool, Self::Returning, Self::Closed];

    /// Whether the database keeps it. The rest is lost with the hold store, and may be.
    ///
    /// Of the reservations that the database keeps. The seat of a hold that ended is returning
    /// or closed in the hold store alone and is lost with it. A hold that is lost costs its
    /// person a second try at most, and its token may still be confirmed; a booking that is
    /// lost would cost the seat.
    #[must_use]
    pub const fn is_durable(self) -> bool {
        !matches!(self, Self::Hold)
    }

    /// The kind as it stands in the database.
    ///
    /// Released in the database; in snake case.
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
///
/// For the hold store and for the statements that write reservations. Who the person is and
/// what they come for is the booking's or the hold's matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// Which. That of a hold or a booking has the same 128 bits as the hold or the booking.
    ///
    /// So that a cancelled booking's reservation is found by the booking's id alone.
    pub id: ReservationId,
    /// Why it is kept.
    pub kind: ReservationKind,
    /// What is kept.
    pub seat: Seat,
    /// The person it counts for, if it excludes a second one in the group.
    ///
    /// `None` for what binds no person: a closed seat, a returning one, one to be drawn.
    pub holder: Option<(Pseudonym, GroupId)>,
    /// When it ends at the latest, for what ends by itself: a hold, an offer, a returning seat.
    ///
    /// UTC. For a returning seat it is the end of its window, never the moment that chance
    /// decides.
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
