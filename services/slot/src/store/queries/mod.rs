//! Statements on which correctness hangs, each a type with its reasons.

mod confirmation;
mod day_counts;
mod first_day;
mod month_shares;
mod occupancy;
#[cfg(test)]
pub(super) mod plan;
mod reserved;
mod unseated;

pub use confirmation::{Confirmation, ConfirmationError, Obstacle};
pub use day_counts::{DayCounts, VisitCount};
pub use first_day::first_day;
pub use month_shares::MonthShares;
pub use occupancy::Occupancy;
pub use reserved::{BookedSince, ReservedOn};
pub use unseated::UnseatedOn;
