//! Loading the store from the database, and comparing it with the database.

use ids::LocationId;
use jiff::civil::Date;

/// A rebuild that has begun.
#[derive(Debug)]
#[must_use = "slots cannot be held before the rebuild is finished"]
pub struct Rebuild {
    pub(super) epoch: u64,
    /// The server that is loaded; another one's memory would be another.
    pub(super) server: String,
}

/// A day and its version, see [`day_version`](super::Holds::day_version).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayVersion {
    pub(super) location: LocationId,
    pub(super) date: Date,
    /// Of which loading of the store.
    pub(super) epoch: u64,
    pub(super) version: u64,
}

/// How a [`reconcile`](super::Holds::reconcile) ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Reconciled {
    /// The day was right.
    AsExpected,
    /// The day was wrong and is right now.
    Corrected,
    /// The day changed meanwhile. Nothing was done: ask for its version and reservations again.
    Changed,
}
