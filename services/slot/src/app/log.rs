//! The authority's public log: what draws rest on stands in it, and witnesses see that it only grows.
//!
//! [`record`] appends, in the transaction of what it records. [`sign_checkpoint`] makes tiles, fixes
//! size and root, and only then signs. [`ask_witness`] shows the checkpoint to a witness and keeps
//! what it says. After each step the documents' proofs are written. A process that dies anywhere
//! leaves a state from which the next one goes on: nothing is ever signed that is not fixed.

pub mod ask_witness;
pub mod forget_draws;
pub mod moves;
mod prove;
mod public_log;
pub mod read_log;
mod record;
pub mod sign_checkpoint;
#[cfg(test)]
mod tests;

pub use public_log::PublicLog;
pub use record::keep;

use super::AppError;

/// A mistake of ours, or the database was changed by hand.
fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> AppError {
    AppError::Internal(error.into())
}
