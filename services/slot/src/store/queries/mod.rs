//! Statements on which correctness hangs, each a type with its reasons.

mod confirmation;
mod occupancy;

pub use confirmation::{Confirmation, ConfirmationError, Obstacle};
pub use occupancy::Occupancy;
