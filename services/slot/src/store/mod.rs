//! The database of one authority: one file per aggregate, domain types out, SeaORM private.
//!
//! Every function takes the connection or transaction it runs in, so a use case decides what
//! belongs together. Every change of state is a compare-and-set: it names the state it expects and
//! returns whether the row was still in it.

pub mod assigned_dates;
pub mod bookings;
pub mod claim_tries;
pub mod closings;
pub mod counted_acts;
pub mod cursor;
pub mod desk_cases;
pub mod draw_ends;
pub mod draw_entries;
pub mod draw_misses;
pub mod draw_pool;
pub mod draws;
pub mod entitlements;
pub mod gate;
pub mod good_catalogue;
pub mod history;
pub mod idempotency;
pub mod leader_leases;
pub mod log;
pub mod merge_ended;
pub mod merge_moves;
pub mod merged_persons;
pub mod migrations;
pub mod personal;
pub mod queries;
pub mod queue_tickets;
pub mod reservations;
pub mod staff_counts;
pub mod statistics_days;
pub mod statistics_months;
#[cfg(test)]
pub mod tests;
mod value;
pub mod waiting_days;
pub mod waiting_declines;
pub mod waiting_entries;
pub mod waiting_offers;

pub use ::store::audit;
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
        ::store::unique_violation(self.database_error()?)
    }

    /// Whether a reservation was refused because another one overlaps it at its desk.
    #[must_use]
    pub fn is_overlap(&self) -> bool {
        self.database_error().is_some_and(::store::is_exclusion_violation)
    }

    /// Whether the same transaction may succeed when tried again.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.database_error().is_some_and(::store::is_busy)
    }

    fn database_error(&self) -> Option<&sea_orm::DbErr> {
        match self {
            Self::Database(error) | Self::Store(::store::StoreError::Query(error)) => Some(error),
            Self::Store(_) | Self::Corrupt(_) => None,
        }
    }
}
