//! Refusals of the front desk.

use booking::queue_ticket::TicketStatus;
use ids::CaseCode;
use jiff::Timestamp;

/// Why a member of staff may not do something, or not yet.
#[derive(Debug, thiserror::Error)]
pub enum DeskRefusal {
    /// The caller may not do this there.
    #[error("forbidden: {0}")]
    Forbidden(&'static str),
    /// What the desk does is not for this day.
    #[error("not today")]
    NotToday {
        /// When the appointment begins.
        start: Timestamp,
        /// From when on it can be noted: its day begins.
        noted_from: Timestamp,
    },
    /// The appointment has not begun yet.
    #[error("booking has not begun")]
    BookingNotBegun {
        /// When it does; from then on it can be noted as missed.
        start: Timestamp,
    },
    /// The time in which it could be noted, or a miss corrected, is over.
    #[error("no longer noted")]
    NoLongerNoted,
    /// The location is open on the day that is to be cleared.
    #[error("still open")]
    StillOpen,
    /// It takes a second member of staff, who has not agreed yet.
    #[error("a second member of staff must agree")]
    SecondPerson(CaseCode),
    /// No case that the caller may see.
    #[error("case not found")]
    CaseNotFound,
    /// The case was approved or done before.
    #[error("the case is in another state")]
    CaseState,
    /// It needs a reason; says what does.
    #[error("a reason is needed: {0}")]
    ReasonNeeded(&'static str),
    /// The document of the person must be looked at first.
    #[error("a document is needed")]
    DocumentNeeded,
    /// The person made the entry or the place with a log-in of theirs.
    #[error("made online")]
    MadeOnline,
    /// No queue ticket that the caller may see.
    #[error("queue ticket not found")]
    TicketNotFound,
    /// The queue ticket's state does not allow it.
    #[error("queue ticket is {0}")]
    TicketNotActive(TicketStatus),
}

impl DeskRefusal {
    /// The caller acts at other locations only.
    pub(in crate::app) const NOT_YOUR_LOCATION: Self =
        Self::Forbidden("This is at a location that is not yours.");
}
