//! Refusals of waiting lists.

/// Why a place in a waiting list is not taken, or an offer not answered.
#[derive(Debug, thiserror::Error)]
pub enum WaitingRefusal {
    /// The service has no waiting list.
    #[error("no waiting list")]
    NoList,
    /// As many wait as the list takes.
    #[error("waiting list full")]
    Full,
    /// The person has no such place in a waiting list.
    #[error("not waiting")]
    NotWaiting,
    /// The person, or another person of the same doubt, waits in another list of the group.
    #[error("already waiting")]
    AlreadyWaiting,
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
