//! Refusals of draws.

use ids::DrawId;

/// Why an entry in a draw is not made, changed or shown.
#[derive(Debug, thiserror::Error)]
pub enum DrawRefusal {
    /// There is no such draw.
    #[error("draw not found")]
    NotFound,
    /// The entry window has not begun, or is over.
    #[error("draw not open")]
    NotOpen,
    /// The draw is not over yet.
    #[error("draw not settled")]
    NotSettled,
    /// The person has no entry in the draw.
    #[error("entry not found")]
    EntryNotFound,
    /// No seat is kept for the person any more: they answered, or the time is over.
    #[error("offer over")]
    OfferOver,
    /// The person has entered another draw of the group.
    #[error("already entered")]
    AlreadyEntered(DrawId),
    /// Only a new entry was wanted, and the person has one.
    #[error("entered before")]
    EnteredBefore,
    /// The person may be a known one. Only that one can enter.
    #[error("the person may be a known one, who enters instead")]
    InDoubt,
    /// Only persons can enter who have an appointment in the group after the first day of the draw.
    #[error("a later appointment is needed")]
    AppointmentNeeded,
    /// The draw takes no entry without a ticket of identity.
    #[error("a ticket is needed")]
    TicketNeeded,
    /// The ticket is not identity's for this draw, or another person has entered with it; says why.
    #[error("ticket not valid: {0}")]
    TicketInvalid(String),
}
