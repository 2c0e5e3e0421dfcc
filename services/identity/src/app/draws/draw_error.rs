//! Why nothing was done for a draw.

use ::store::StoreError;
use auth::TokenError;
use messaging::SealError;
use problem::Problem;
use vocabulary::TrustLevel;

use crate::app::desk::DeskError;

/// Why nothing was done for a draw.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DrawError {
    /// This authority has announced no such draw.
    #[error("no such draw")]
    NoSuchDraw,
    /// The draw was announced in other words before.
    #[error("another announcement of this draw is known")]
    OtherAnnouncement,
    /// It closes before it opens.
    #[error("the draw closes before it opens")]
    Window,
    /// The draw takes no entries now.
    #[error("the draw is not open")]
    NotOpen,
    /// People can still enter.
    #[error("the draw is still open")]
    StillOpen,
    /// Another list was countersigned.
    #[error("another list was countersigned")]
    OtherList,
    /// The person may be a known one. Only that one gets the ticket.
    #[error("the person may be a known one, who takes the ticket")]
    InDoubt,
    /// The draw asks for a surer log-in.
    #[error("the draw asks for level {0}")]
    LevelTooLow(TrustLevel),
    /// The caller has no session, or not the one that this needs.
    #[error("{0}")]
    Caller(Problem),
    /// The attendee token is not one of ours for this authority, or has expired.
    #[error("the attendee token is not accepted: {0}")]
    Attendee(#[from] TokenError),
    /// No member of staff has seen a document of the person.
    #[error("a document is needed")]
    DocumentNeeded,
    /// The person has taken their ticket with a log-in of theirs.
    #[error("the person has taken their ticket online")]
    OnlineTicket,
    /// The desk does not know the person.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database does not answer, or holds something unreadable.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key of the stamps cannot be opened.
    #[error(transparent)]
    Seal(#[from] SealError),
}
