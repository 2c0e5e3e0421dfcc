//! Loading the occupancy from the database.

use booking::Seat;
use ids::{BookingId, GroupId, LocationId, Pseudonym};
use jiff::{Timestamp, civil::Date};

/// A seat that the database says is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// By which booking.
    pub booking: BookingId,
    /// The seat.
    pub seat: Seat,
    /// Whose active booking it is; `None` if the booking no longer is active.
    pub active: Option<(Pseudonym, GroupId)>,
    /// When the seat becomes free by itself, for one that was given back for later.
    pub free_at: Option<Timestamp>,
}

/// A rebuild that has begun.
#[derive(Debug)]
#[must_use = "nobody can hold anything before the rebuild is finished"]
pub struct Rebuild {
    pub(super) epoch: String,
}

/// A day and its version, see [`day_version`](super::Holds::day_version).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayVersion {
    pub(super) location: LocationId,
    pub(super) date: Date,
    /// Which loading of the occupancy the version counts in.
    pub(super) epoch: String,
    pub(super) version: u64,
}

/// How a [`reconcile`](super::Holds::reconcile) ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Reconciled {
    /// The day is right.
    Done,
    /// The day changed meanwhile. Nothing was done: ask for its version and claims again.
    Changed,
}
