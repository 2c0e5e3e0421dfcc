//! Why nothing was done for a draw.

use ::store::StoreError;
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
    /// Nobody can enter now.
    #[error("the draw is not open")]
    NotOpen,
    /// People can still enter.
    #[error("the draw is still open")]
    StillOpen,
    /// Another list was countersigned.
    #[error("another list was countersigned")]
    OtherList,
    /// The person may be a known one, who takes the ticket.
    #[error("the person may be a known one, who takes the ticket")]
    InDoubt,
    /// The draw asks for a surer log-in.
    #[error("the draw asks for level {0}")]
    LevelTooLow(TrustLevel),
    /// The caller has no session, or not the one that this needs.
    #[error("{0}")]
    Caller(Problem),
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
