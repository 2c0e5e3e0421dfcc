//! Refusals of waiting lists.

use jiff::Timestamp;

/// Why a place in a waiting list is not taken, or an offer not answered.
#[derive(Debug, thiserror::Error)]
pub enum WaitingRefusal {
    /// The service has no waiting list.
    #[error("no waiting list")]
    NoList,
    /// As many wait as the list takes.
    #[error("waiting list full")]
    Full,
    /// The person lost their place by offers that were declined or lapsed, and joins again too soon.
    #[error("the place was lost, and can be taken again online from {again_at} on")]
    TooSoon {
        /// For how many days the list cannot be joined again.
        days: u8,
        /// From when on it can.
        again_at: Timestamp,
    },
    /// The person has no such place in a waiting list.
    #[error("not waiting")]
    NotWaiting,
    /// The person, or another person of the same doubt, waits in another list of the group.
    #[error("already waiting")]
    AlreadyWaiting,
    /// Only a new place was wanted, and the person has one in this list.
    #[error("waiting before")]
    WaitingBefore,
    /// The person may be a known one. Only that one can wait.
    #[error("the person may be a known one, who waits instead")]
    InDoubt,
    /// There is no such offer.
    #[error("offer not found")]
    OfferNotFound,
    /// The offer cannot be answered any more.
    #[error("offer over")]
    OfferOver,
}
