//! What is booked or held, and what becomes of it.

use booking::{ReservationKind, Seat};
use ids::{GroupId, LocationId, Pseudonym, ReservationId, ServiceId};
use jiff::Timestamp;

use super::Obstacle;

/// A seat that is kept from others, as far as a change of the catalogue can touch it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserved {
    /// Which.
    pub id: ReservationId,
    /// Why it is kept.
    pub kind: ReservationKind,
    /// What is kept.
    pub seat: Seat,
    /// What it is for; empty if that is not known.
    pub services: Vec<ServiceId>,
    /// The group that it counts in, if it binds a person or will.
    pub group: Option<GroupId>,
    /// The person, if it excludes a second one in the group.
    pub person: Option<Pseudonym>,
    /// When it is free at the latest, if it was given up and returns.
    pub returns_by: Option<Timestamp>,
}

impl Reserved {
    /// Whether a visit takes place. A returning or closed seat has none.
    pub(super) const fn holds_a_desk(&self) -> bool {
        use booking::ReservationKind as Kind;
        match self.kind {
            Kind::Hold | Kind::Booking | Kind::Offer | Kind::DrawPool => true,
            Kind::Returning | Kind::Closed => false,
        }
    }
}

/// What a reservation's location, services and group are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// Its location.
    pub location: LocationId,
    /// Its services. Two that became one are one.
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
