//! What is held, and what it takes to hold it.

use booking::{Seat, capacity::Offer};
use calendar::DayPlan;
use ids::{BookingId, GroupId, HoldId, LocationId, Pseudonym};
use jiff::{SignedDuration, Timestamp, civil::Date};

/// One location's local day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    /// Where.
    pub location: LocationId,
    /// When.
    pub date: Date,
    /// How many units it has, so that its occupancy is stored without spare room.
    pub units: u16,
}

impl Day {
    /// The day of `plan` at `location`.
    #[must_use]
    pub fn of(location: &LocationId, plan: &DayPlan) -> Self {
        Self { location: location.clone(), date: plan.date, units: plan.units }
    }
}

/// What somebody wants to hold.
#[derive(Debug, Clone)]
pub struct HoldRequest<'a> {
    /// The hold's own id, made by the caller: repeating a request yields the same hold.
    pub id: HoldId,
    /// Who.
    pub person: Pseudonym,
    /// The service group of the visit.
    pub group: &'a GroupId,
    /// Where and when.
    pub day: &'a Day,
    /// Where in the day the visit could be; the first offer with a free desk is taken.
    pub offers: &'a [Offer],
    /// The active booking that this visit is to replace.
    pub replaces: Option<BookingId>,
    /// For how long, an hour at most.
    pub lasts: SignedDuration,
}

/// A seat taken for a few minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// Who holds it.
    pub person: Pseudonym,
    /// The service group of the visit.
    pub group: GroupId,
    /// The active booking that this one is to replace.
    pub replaces: Option<BookingId>,
    /// The seat.
    pub seat: Seat,
    /// Until when.
    pub expires_at: Timestamp,
}

/// A booked seat that is given back.
#[derive(Debug, Clone)]
pub struct GivenBack<'a> {
    /// The booking that had it.
    pub booking: BookingId,
    /// Who had it.
    pub person: Pseudonym,
    /// The service group of the booking.
    pub group: &'a GroupId,
    /// The seat.
    pub seat: &'a Seat,
    /// Nobody can hold it before this instant; at once if `None`.
    pub not_before: Option<Timestamp>,
}
