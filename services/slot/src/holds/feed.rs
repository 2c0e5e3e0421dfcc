//! What readers learn.

use booking::{Span, capacity::DayOccupancy};
use calendar::Desk;
use ids::{LocationId, Pseudonym};
use jiff::civil::Date;

/// One location's day.
pub type Day = (LocationId, Date);

/// Which days changed, and up to where this was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Of which loading of the store.
    pub(super) epoch: u64,
    /// The version of the last change.
    pub version: u64,
    /// How long the feed was, where it is a list.
    pub(super) length: u64,
    /// Whether `days` is the whole list and everything known before is void.
    pub complete: bool,
    /// The days that changed.
    pub days: Vec<Day>,
}

/// The occupancy of one day at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DaySnapshot {
    /// What is taken, whatever takes it.
    pub taken: DayOccupancy,
    /// What is taken for the public, and free for staff.
    pub for_desk: Vec<(Span, Desk)>,
    /// The holders of seats of the day, in order.
    pub holders: Vec<Pseudonym>,
}
