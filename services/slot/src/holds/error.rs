//! Why there is no hold.

use std::{error::Error, sync::Arc};

use ids::BookingId;

/// A hold was not given.
#[derive(Debug, thiserror::Error)]
pub enum HoldError {
    /// The present state does not allow it.
    #[error(transparent)]
    Refused(#[from] HoldRefusal),
    /// Nobody can hold anything at the moment.
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
    AlreadyHolding,
    /// The person has an active booking in the group that the visit does not replace.
    #[error("the person already has an active booking in this group")]
    AlreadyBooked {
        /// Which. If the database does not know it as active, [`forget`](super::Holds::forget) it.
        booking: BookingId,
    },
}

/// An operation could not be done. Bookings are safe; holds are not possible at the moment.
#[derive(Debug, Clone, thiserror::Error)]
pub enum HoldsError {
    /// The occupancy is lost (or was never loaded) and is being rebuilt.
    #[error("the occupancy is not loaded")]
    NotLoaded,
    /// Done, but messages came in such an order that it is not clear which booking set a mark of
    /// the day: the day needs a [`reconcile`](super::Holds::reconcile).
    #[error("the day needs a comparison with the database")]
    Contested,
    /// Redis does not answer.
    #[error("the hold store does not answer: {0}")]
    Unavailable(#[source] Arc<dyn Error + Send + Sync>),
    /// Redis answered something that our scripts never say.
    #[error("the hold store answered what nobody understands: {0}")]
    Unexpected(String),
}
