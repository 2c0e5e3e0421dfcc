//! A hold becomes a booking.

use std::sync::Arc;

use messaging::{Event, Outbox};
use sea_orm::ConnectionTrait;

use crate::store::{
    Failure, audit,
    bookings::{self, Booking},
    idempotency::{self, Answered},
    seat_claims::{self, SeatClaims},
};

/// Everything that is written when a hold becomes a booking. All of it is added or nothing.
///
/// Not idempotent by itself, and needs no reads and no locks before: the unique indexes decide.
/// Safe under every race, because each rule that must never be broken is one of them, and the
/// index that refuses names what stood in the way ([`Obstacle`]).
#[derive(Debug, Clone)]
pub struct Confirmation {
    /// The booking.
    pub booking: Booking,
    /// What the audit log says.
    pub audit: audit::Entry,
    /// What the other services are told.
    pub event: Event,
    /// What a repeat of the request is answered.
    pub answered: Answered,
}

/// Which unique index refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// Somebody else has a part of the seat.
    SeatTaken,
    /// The person has an active booking in the group.
    AlreadyBooked,
    /// The hold became a booking already.
    HoldUsed,
    /// The caller used the idempotency key already.
    KeyUsed,
    /// Another booking has the same code: make another.
    CodeTaken,
}

/// Nothing was added, and the transaction is unusable.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ConfirmationError {
    /// A rule that the database guards.
    #[error("refused by a unique index: {0:?}")]
    Refused(Obstacle),
    /// The database failed.
    #[error(transparent)]
    Failed(Arc<Failure>),
}

impl Confirmation {
    /// Adds several at once, in five statements however many they are.
    ///
    /// # Errors
    /// One of them is refused: then none is added.
    pub async fn insert_all<C: ConnectionTrait>(
        db: &C,
        all: &[&Self],
    ) -> Result<(), ConfirmationError> {
        // The key comes first: a repeated request is told apart from a second wish.
        idempotency::insert(db, all.iter().map(|one| &one.answered)).await?;
        bookings::insert(db, all.iter().map(|one| &one.booking)).await?;
        seat_claims::insert(db, all.iter().map(|one| SeatClaims::of(&one.booking))).await?;
        audit::insert(db, all.iter().map(|one| &one.audit)).await?;
        let events: Vec<_> = all.iter().map(|one| one.event.clone()).collect();
        Outbox::enqueue_all(db, &events).await.map_err(Failure::from)?;
        Ok(())
    }
}

impl From<Failure> for ConfirmationError {
    fn from(failure: Failure) -> Self {
        match failure.unique_index().as_deref().and_then(Obstacle::behind) {
            Some(obstacle) => Self::Refused(obstacle),
            None => Self::Failed(Arc::new(failure)),
        }
    }
}

impl Obstacle {
    /// PostgreSQL tells the index's name, SQLite the columns.
    fn behind(index: &str) -> Option<Self> {
        let is = |parts: [&str; 2]| parts.iter().any(|part| index.contains(part));
        if is(["seat_claims_pkey", "seat_claims."]) {
            Some(Self::SeatTaken)
        } else if is(["idempotency_pkey", "idempotency."]) {
            Some(Self::KeyUsed)
        } else if is(["bookings_one_active", "bookings.person"]) {
            Some(Self::AlreadyBooked)
        } else if is(["bookings_hold", "bookings.hold_id"]) {
            Some(Self::HoldUsed)
        } else if is(["bookings_code", "bookings.code"]) {
            Some(Self::CodeTaken)
        } else {
            None
        }
    }
}
