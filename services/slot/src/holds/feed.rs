//! What readers learn.

use std::borrow::Cow;

use booking::capacity::DayOccupancy;
use calendar::Desk;
use ids::LocationId;
use jiff::{Timestamp, civil::Date};

/// Which days changed, and up to where this was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Which loading of the occupancy the version counts in. A rebuild starts a new one.
    pub(super) epoch: String,
    /// The version of the last change.
    pub version: u64,
    /// The instant of reading, by the clock that decides about expiry.
    pub now: Timestamp,
    /// Whether `days` is the whole list and everything known before is void.
    pub complete: bool,
    /// The days that changed.
    pub days: Vec<(LocationId, Date)>,
}

/// The occupancy of one day at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DaySnapshot {
    pub(super) marks: DayOccupancy,
    pub(super) ends: Vec<MarkEnd>,
}

/// A mark that goes away by itself: a hold, or a booked seat that was given back for later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MarkEnd {
    pub at: Timestamp,
    pub start: u16,
    pub units: u16,
    pub desk: Desk,
}

impl DaySnapshot {
    /// What is taken at `now`: marks that have expired count as free.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Cow<'_, DayOccupancy> {
        let mut occupancy = Cow::Borrowed(&self.marks);
        for end in self.ends.iter().filter(|end| end.at <= now) {
            occupancy.to_mut().free(end.start, end.units, end.desk);
        }
        occupancy
    }
}
