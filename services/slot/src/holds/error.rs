//! Why there is no hold.

use std::{error::Error, sync::Arc};

use ids::BookingId;

use super::Hold;

/// A hold was not given.
#[derive(Debug, Clone, thiserror::Error)]
pub enum HoldError {
    /// The present state does not allow it.
    #[error(transparent)]
    Refused(#[from] HoldRefusal),
    /// Slots cannot be held at the moment.
    #[error(transparent)]
    Failed(#[from] HoldsError),
}

/// Why a hold is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoldRefusal {
    /// No desk is free for the whole visit.
    #[error("no desk is free for this visit")]
    SlotTaken,
    /// The person holds another seat in the group.
    #[error("the person already holds a seat in this group")]
    AlreadyHolding(Box<Hold>),
    /// The person has an active booking in the group that the visit does not replace.
    #[error("the person already has an active booking in this group")]
    AlreadyBooked {
        /// Which. If the database does not know it as active, clear it
        /// ([`clear_active_booking`](super::Holds::clear_active_booking)).
        booking: BookingId,
    },
    /// The store does not know enough of the person. Ask the database, then try again without
    /// [`FactsNeeded`](super::FactsNeeded).
    #[error("the database must be asked about this person")]
    AskDatabase,
}

/// The end of a hold was not put off.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ExtendError {
    /// It was given up, has expired, became a booking, or was lost with the store.
    #[error("the hold is over")]
    Over,
    /// It was put off before.
    #[error("the hold was extended before")]
    AlreadyExtended,
    /// The store cannot be asked.
    #[error(transparent)]
    Failed(#[from] HoldsError),
}

/// An operation could not be done. Bookings are safe; holds are not possible at the moment.
#[derive(Debug, Clone, thiserror::Error)]
pub enum HoldsError {
    /// The store is lost (or was never loaded) and is being rebuilt.
    #[error("the holds are not loaded")]
    NotLoaded,
    /// The seat is not what the caller believes: the day needs a
    /// [`reconcile`](super::Holds::reconcile).
    #[error("the day needs a comparison with the database")]
    NeedsReconcile,
    /// Redis does not answer.
    #[error("the hold store does not answer: {0}")]
    Unavailable(#[source] Arc<dyn Error + Send + Sync>),
    /// Redis answered something that our scripts never say.
    #[error("the hold store gave an answer that no script gives: {0}")]
    Unexpected(String),
}
