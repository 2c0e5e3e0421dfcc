//! What is booked or held, and what becomes of it.
//!
//! Less than `booking::Reservation` in some respects and more in others: a change of the
//! catalogue asks for services and group, and needs neither hold nor code.

use booking::{ReservationKind, Seat};
use ids::{GroupId, LocationId, Pseudonym, ReservationId, ServiceId};
use jiff::Timestamp;

use super::Obstacle;

/// A seat that is kept from others, as far as a change of the catalogue can touch it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserved {
    /// Its id.
    ///
    /// The same through all changes of the catalogue.
    pub id: ReservationId,
    /// Why it is kept.
    ///
    /// The record of a served or missed booking counts as [`ReservationKind::Closed`]: its desk is
    /// used, and no one comes.
    pub kind: ReservationKind,
    /// What is kept.
    pub seat: Seat,
    /// What it is for; empty if that is not known.
    pub services: Vec<ServiceId>,
    /// The group that it counts in, if it binds a person or will.
    ///
    /// A returning seat counts in none.
    pub group: Option<GroupId>,
    /// The person, if it excludes a second one in the group.
    pub person: Option<Pseudonym>,
    /// When it is free at the latest, if it was given up and returns.
    ///
    /// UTC.
    pub returns_by: Option<Timestamp>,
}

impl Reserved {
    /// Whether a visit takes place. A returning or closed seat has none.
    ///
    /// Only a visit needs its desk open and skilled.
    pub(super) const fn holds_a_desk(&self) -> bool {
        use booking::ReservationKind as Kind;
        match self.kind {
            Kind::Hold | Kind::Booking | Kind::Offer | Kind::DrawPool => true,
            Kind::Returning | Kind::Closed => false,
        }
    }
}

/// What a reservation's location, services and group are called.
///
/// What a rename changes of a reservation, and nothing else of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// Its location.
    pub location: LocationId,
    /// Its services. Two that became one are one.
    ///
    /// In the order of the booking.
    pub services: Vec<ServiceId>,
    /// The group that it counts in.
    pub group: Option<GroupId>,
}

impl Names {
    /// As they stand in a reservation.
    #[must_use]
    pub fn of(reserved: &Reserved) -> Self {
        Self {
            location: reserved.seat.location.clone(),
            services: reserved.services.clone(),
            group: reserved.group.clone(),
        }
    }
}

/// A reservation that goes with a rename or a move to another group, as the catalogue states it.
/// Its time and its desk stay.
///
/// It is rewritten if any of the names differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// As it was.
    pub reserved: Reserved,
    /// What is to stand in it from now on.
    pub now: Names,
}

/// A reservation that no longer fits the catalogue, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affected {
    /// As it was.
    pub reserved: Reserved,
    /// What does not fit.
    pub obstacle: Obstacle,
}
