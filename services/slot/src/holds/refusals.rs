//! Refusals that replicas report to each other, so that the back-off holds whichever replica is
//! asked.

use ids::{LocationId, Pseudonym};
use jiff::Timestamp;

/// A person asked for a seat that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedAsk {
    /// The person.
    pub person: Pseudonym,
    /// The location.
    pub location: LocationId,
    /// From when.
    pub start: Timestamp,
    /// Until when.
    pub end: Timestamp,
    /// How often since the last report.
    pub count: u32,
    /// The last time.
    pub at: Timestamp,
}

/// Up to where refusals were read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RefusalCursor(pub(super) String);
