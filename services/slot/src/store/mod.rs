//! The database of one authority: one file per aggregate, domain types out, SeaORM private.
//!
//! Every function takes the connection or transaction it runs in, so a use case decides what
//! belongs together. Every change of state is a compare-and-set: it names the state it expects
//! and tells whether the row was still in it.

pub mod audit;
pub mod bookings;
pub mod entitlements;
pub mod good_catalogue;
pub mod idempotency;
pub mod migrations;
pub mod misses;
pub mod queries;
pub mod queue_tickets;
pub mod reigns;
pub mod released_seats;
pub mod seat_claims;
mod value;

pub use value::Corrupt;

/// A running transaction. Dropping it without a commit undoes it.
pub type Transaction = sea_orm::DatabaseTransaction;

/// What a failed statement looks like; see [`Failure`].
pub type StoreResult<T> = Result<T, Failure>;

/// A statement failed, or a row makes no sense.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The database refused or did not answer.
    #[error("a database statement failed: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// The database could not be used at all.
    #[error(transparent)]
    Store(#[from] ::store::StoreError),
    /// A row holds something that no version of this program writes.
    #[error(transparent)]
    Corrupt(#[from] Corrupt),
}

impl Failure {
    /// The unique index that refused the row, if that is what happened.
    #[must_use]
    pub fn unique_index(&self) -> Option<String> {
        match self {
            Self::Database(error) | Self::Store(::store::StoreError::Query(error)) => {
                ::store::unique_violation(error)
            }
            Self::Store(_) | Self::Corrupt(_) => None,
        }
    }

    /// Whether the same transaction may succeed when tried again.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        match self {
            Self::Database(error) | Self::Store(::store::StoreError::Query(error)) => {
                ::store::is_busy(error)
            }
            Self::Store(_) | Self::Corrupt(_) => false,
        }
    }
}
