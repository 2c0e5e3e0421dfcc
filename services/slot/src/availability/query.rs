//! What can be asked.

use std::collections::BTreeSet;

use calendar::Channel;
use catalogue::VisitError;
use ids::{LocationId, ServiceId};
use jiff::{ToSpan as _, civil::Date};

/// The longest range of days that one query may ask for; also how far ahead anything is shown.
pub const LONGEST_RANGE_DAYS: i32 = 400;

/// The visit to search for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitQuery {
    /// All of these in one visit; one that is named twice is refused, as in a hold.
    pub services: Vec<ServiceId>,
    /// At any of these; empty for all that do the services.
    pub locations: BTreeSet<LocationId>,
    /// How many people come.
    pub people: u16,
    /// By which way it would be booked.
    pub channel: Channel,
}

/// The days of a range that are worth looking at: none that is past, none that is not shown yet.
///
/// # Errors
/// The range is reversed or too long.
pub(super) fn range(from: Date, to: Date, today: Date) -> Result<(Date, Date), AvailabilityError> {
    let limit = |from: Date| from.saturating_add(LONGEST_RANGE_DAYS.days());
    if from > to {
        return Err(AvailabilityError::RangeReversed);
    }
    if to > limit(from) {
        return Err(AvailabilityError::RangeTooLong);
    }
    Ok((from.max(today), to.min(limit(today))))
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AvailabilityError {
    /// The occupancy was not read yet.
    #[error("the occupancy was not read yet")]
    NotLoaded,
    /// What is wanted is not offered in one visit.
    #[error(transparent)]
    Visit(#[from] VisitError),
    /// The last day comes before the first.
    #[error("`to` is before `from`")]
    RangeReversed,
    /// Too many days.
    #[error("ask for at most {LONGEST_RANGE_DAYS} days")]
    RangeTooLong,
}
