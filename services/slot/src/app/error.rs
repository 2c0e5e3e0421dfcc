//! Why a use case did not do what was asked.

mod desk;
mod draw;
mod waiting;

use booking::{entitlement::Guessable, rules::Refusal, state::BookingStatus};
use ids::{LocationId, ServiceId};
use jiff::Timestamp;

pub use desk::DeskRefusal;
pub use draw::DrawRefusal;
pub use waiting::WaitingRefusal;

use super::WishesInvalid;
use crate::{domain::waiting::OfferStatus, holds::Hold, store};

/// A refusal or a failure. `http/problem.rs` maps each to its problem document.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The catalogue has no such service.
    #[error("unknown service {0}")]
    UnknownService(ServiceId),
    /// The catalogue has no such location.
    #[error("unknown location {0}")]
    UnknownLocation(LocationId),
    /// These services cannot be done in one visit; says why.
    #[error("not one visit: {0}")]
    NotOneVisit(String),
    /// No visit of this kind can start at that time.
    #[error("no such slot")]
    SlotNotOffered,
    /// It begins before now.
    #[error("slot in the past")]
    SlotInPast,
    /// The location is closed on that day.
    #[error("closed")]
    Closed,
    /// It begins between two steps of the location's grid.
    #[error("slot not on the grid")]
    SlotOffGrid,
    /// The visit takes longer or shorter than the caller says.
    #[error("wrong duration")]
    WrongDuration,
    /// Every fitting desk is taken.
    #[error("slot taken")]
    SlotTaken,
    /// The person asked for a slot that was taken, and asks for it again too soon.
    #[error("asked again too soon, may ask in {wait_seconds} s")]
    AsksTooSoon {
        /// In how many seconds they may, rounded up.
        wait_seconds: u64,
    },
    /// The person holds another slot in the group.
    #[error("already holding")]
    AlreadyHolding(Box<Hold>),
    /// Staff hold the slot for the person, and only they confirm it.
    #[error("held by staff")]
    HeldByStaff(Box<Hold>),
    /// The person has another active booking in the group.
    #[error("already booked")]
    AlreadyBooked,
    /// A booking rule does not allow it.
    #[error(transparent)]
    Rule(#[from] Refusal),
    /// The hold token is not one of ours, or is another person's.
    #[error("hold token not valid")]
    HoldInvalid,
    /// The hold has ended.
    #[error("hold expired")]
    HoldExpired,
    /// The hold was given up before its end.
    #[error("hold given up")]
    HoldGivenUp,
    /// The hold is from another edition of this program.
    #[error("hold of another edition")]
    HoldOfOtherEdition,
    /// The end of the hold was put off before.
    #[error("hold extended before")]
    HoldExtendedBefore,
    /// Holds are not possible for a moment.
    #[error("holds unavailable: {0}")]
    HoldsUnavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The attendee token is not valid, or is another person's.
    #[error("attendee token not valid: {0}")]
    AttendeeInvalid(String),
    /// No booking that the caller may see.
    #[error("booking not found")]
    BookingNotFound,
    /// The booking's state does not allow it.
    #[error("booking is {0}")]
    BookingNotActive(BookingStatus),
    /// The appointment has begun; it can no longer be cancelled or moved.
    #[error("booking has begun")]
    BookingStarted,
    /// The person is known under another pseudonym by now.
    #[error("the person was merged")]
    PersonMerged,
    /// The idempotency key was used for something else.
    #[error("idempotency key used for another request")]
    IdempotencyMismatch,
    /// The person tried more references today than one letter needs.
    #[error("too many references were tried, may try again in {wait_seconds} s")]
    TooManyClaims {
        /// Until when the next local day begins.
        wait_seconds: u64,
    },
    /// Reference, name and birth date belong to no entitlement that this caller can have.
    #[error("no such entitlement")]
    NoSuchEntitlement,
    /// The reference has no name, and another person has proven it.
    #[error("another person has this entitlement")]
    EntitlementTaken,
    /// The reference is on file for the service, for another name or birth date, or of another agency; or
    /// it was re-issued.
    #[error("the reference is in use")]
    ReferenceInUse,
    /// The reference that a re-issue made is worth nothing by now.
    #[error("the entitlement was {why} since")]
    ReissueOver {
        /// `reissued` again, or `withdrawn`.
        why: &'static str,
    },
    /// The reference stands alone and could be guessed.
    #[error(transparent)]
    GuessableReference(Guessable),
    /// Another catalogue came into force meanwhile, and it must be decided again by that.
    #[error("the catalogue changed")]
    CatalogueChanged,
    /// The service's seats of that day are drawn, not given to the first who asks.
    #[error("allocated by draw")]
    AllocatedByDraw,
    /// A draw refuses it.
    #[error(transparent)]
    Draw(#[from] DrawRefusal),
    /// A waiting list refuses it.
    #[error(transparent)]
    Waiting(#[from] WaitingRefusal),
    /// The member of staff may not do it, or not yet.
    #[error(transparent)]
    Desk(#[from] DeskRefusal),
    /// The office gives dates of this service to applications on file; people do not choose one.
    #[error("assigned by the office")]
    AssignedByOffice,
    /// People book dates of this service themselves.
    #[error("not assigned by the office")]
    NotAssigned,
    /// The application on file has another date.
    #[error("another date is assigned")]
    DateAlreadyAssigned,
    /// No date that the caller may see.
    #[error("assigned date not found")]
    DateNotFound,
    /// The date cannot be answered any more.
    #[error("assigned date is {0}")]
    DateOver(OfferStatus),
    /// The application on file leaves no time to answer such a date; says what to do.
    #[error("the application leaves no time to answer: {0}")]
    DateUnanswerable(&'static str),
    /// The application was given as many dates today as one can be.
    #[error("too many dates were given, may give one again in {wait_seconds} s")]
    TooManyDates {
        /// Until when the next local day begins.
        wait_seconds: u64,
        /// When that is.
        again_at: Timestamp,
    },
    /// Two requests of one person changed an entry at the same moment.
    #[error("the entry changed meanwhile")]
    EntryChanged,
    /// These wishes cannot be meant.
    #[error("wishes: {0}")]
    WishesInvalid(WishesInvalid),
    /// A person without e-mail needs a telephone number from staff, and there is none.
    #[error("nothing reaches the person")]
    PhoneNeeded,
    /// No more than so many can come together.
    #[error("at most {0} can come together")]
    TooManyPeople(u16),
    /// A part that is needed does not answer.
    #[error("unavailable: {0}")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Our own mistake.
    #[error("internal: {0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<WishesInvalid> for AppError {
    fn from(error: WishesInvalid) -> Self {
        Self::WishesInvalid(error)
    }
}

impl From<store::Failure> for AppError {
    fn from(failure: store::Failure) -> Self {
        match failure {
            store::Failure::Corrupt(corrupt) => Self::Internal(corrupt.into()),
            store::Failure::Database(_) | store::Failure::Store(_) => {
                Self::Unavailable(failure.into())
            }
        }
    }
}

impl From<::store::StoreError> for AppError {
    fn from(error: ::store::StoreError) -> Self {
        store::Failure::from(error).into()
    }
}

impl AppError {
    /// Whether a confirm that is refused for this leaves nothing for which to keep the seat.
    #[must_use]
    pub const fn ends_the_hold(&self) -> bool {
        match self {
            Self::SlotTaken
            | Self::SlotInPast
            | Self::SlotNotOffered
            | Self::Closed
            | Self::AlreadyBooked
            | Self::PersonMerged
            | Self::UnknownService(_)
            | Self::UnknownLocation(_)
            | Self::NotOneVisit(_)
            | Self::BookingNotFound
            | Self::BookingNotActive(_)
            | Self::BookingStarted
            | Self::AllocatedByDraw
            | Self::AssignedByOffice
            | Self::HoldOfOtherEdition => true,
            // A better log-in, a claimed entitlement, another key or a second try may help.
            Self::Rule(_)
            | Self::SlotOffGrid
            | Self::WrongDuration
            | Self::AsksTooSoon { .. }
            | Self::TooManyClaims { .. }
            | Self::AlreadyHolding(_)
            | Self::HeldByStaff(_)
            | Self::HoldInvalid
            | Self::HoldExpired
            | Self::HoldGivenUp
            | Self::HoldExtendedBefore
            | Self::HoldsUnavailable(_)
            | Self::AttendeeInvalid(_)
            | Self::IdempotencyMismatch
            | Self::NoSuchEntitlement
            | Self::EntitlementTaken
            | Self::ReferenceInUse
            | Self::ReissueOver { .. }
            | Self::GuessableReference(_)
            | Self::CatalogueChanged
            | Self::Draw(_)
            | Self::Waiting(_)
            | Self::Desk(_)
            | Self::NotAssigned
            | Self::DateAlreadyAssigned
            | Self::DateNotFound
            | Self::DateOver(_)
            | Self::DateUnanswerable(_)
            | Self::TooManyDates { .. }
            | Self::EntryChanged
            | Self::WishesInvalid(_)
            | Self::PhoneNeeded
            | Self::TooManyPeople(_)
            | Self::Unavailable(_)
            | Self::Internal(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A job logs nothing but this.
    #[test]
    fn what_does_not_answer_is_named() {
        let error = AppError::from(::store::StoreError::TimedOut);
        assert_eq!(error.to_string(), "unavailable: the database did not answer in time");
    }
}
