//! Which desk is taken when.

use calendar::{DayPlan, Desk};
use ids::LocationId;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// One desk for some consecutive units of one location's local day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Seat {
    /// Where.
    pub location: LocationId,
    /// The local day.
    pub date: Date,
    /// The first unit, counted from local midnight in elapsed time.
    pub start: u16,
    /// How many units.
    pub units: u16,
    /// Which desk.
    pub desk: Desk,
}

impl Seat {
    /// The first unit after the seat.
    #[must_use]
    pub const fn until(&self) -> u16 {
        self.start + self.units
    }

    /// When it begins. `plan` is the plan of the seat's day.
    #[must_use]
    pub fn starts_at(&self, plan: &DayPlan) -> Timestamp {
        plan.time_of(self.start)
    }

    /// When it ends.
    #[must_use]
    pub fn ends_at(&self, plan: &DayPlan) -> Timestamp {
        plan.time_of(self.until())
    }
}
