//! Holds become bookings.

use std::{collections::HashMap, sync::Arc};

use ids::{BookingId, EntitlementId};
use jiff::Timestamp;
use messaging::{Event, UnitOfWork};
use sea_orm::ConnectionTrait;

use crate::{
    domain::Booking,
    store::{
        Failure, StoreResult, audit, bookings, entitlements,
        idempotency::{self, Answered},
    },
};

mod apart;
mod obstacles;
mod seats;

/// Everything that is written when a hold becomes a booking. All of it is added or nothing.
///
/// Not idempotent by itself, and needs no reads and no locks before: the constraints decide. Safe
/// under every race, because each rule that must never be broken is one of them: no two
/// reservations at a desk overlap, a person has one active booking in a group, a hold is used once,
/// so is a caller's key. That the day was not closed, the person not dissolved and the catalogue not
/// changed meanwhile is read by the statement that takes the seat; `gate.rs` says why nothing slips
/// through.
///
/// Several are written by five statements however many they are, and two more for each that stands on an
/// entitlement. What something stands in the way
/// of is left out or taken back in the same transaction, and breaks none of the others.
#[derive(Debug, Clone)]
pub struct Confirmation {
    /// The booking.
    pub booking: Booking,
    /// By which catalogue it was decided: when that came into force.
    pub decided_by: Timestamp,
    /// On which the booking stands: each has a use left, or the person has no right to book.
    pub entitlements: Vec<EntitlementId>,
    /// What the audit log says.
    pub audit: audit::Entry,
    /// The event for the other services.
    pub event: Event,
    /// The request, so that a repeat is known.
    pub answered: Answered,
}

/// Why a booking was not added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// Something else keeps a part of the seat.
    SeatTaken,
    /// The person has an active booking in the group.
    AlreadyBooked,
    /// The person's identity is in doubt, and another person in the same doubt has an active
    /// booking.
    BookedInDoubt,
    /// The hold became a booking already.
    HoldUsed,
    /// The caller used the idempotency key already.
    KeyUsed,
    /// Another booking has the same code: make another.
    CodeTaken,
    /// The day was closed meanwhile.
    Closed,
    /// The person was merged into another one, who must confirm instead.
    PersonMerged,
    /// Another catalogue came into force meanwhile: decide again by that.
    CatalogueChanged,
    /// An entitlement was used, withdrawn or released meanwhile.
    NotEntitled,
}

/// Nothing was added.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ConfirmationError {
    /// A rule that the database guards.
    #[error("refused by the database: {0:?}")]
    Refused(Obstacle),
    /// The database failed, and the transaction is unusable.
    #[error(transparent)]
    Failed(Arc<Failure>),
}

impl Confirmation {
    /// Adds several and returns for each, in their order, whether it was added. Those that stand in
    /// each other's way are tried one after the other: the first one wins if it can be added.
    ///
    /// # Errors
    /// The database fails: then none is added.
    pub async fn insert_all(
        unit: &mut UnitOfWork<'_>,
        all: &[&Self],
    ) -> StoreResult<Vec<Result<(), Obstacle>>> {
        let mut refused = HashMap::new();
        let mut waiting: Vec<&Self> = all.to_vec();
        while !waiting.is_empty() {
            let round;
            (round, waiting) = apart::first_round(waiting);
            let round = Round { transaction: unit.transaction(), members: round };
            let again = round.insert(&mut refused).await?;
            waiting.splice(0..0, again);
        }
        let outcome = |one: &&Self| refused.get(&one.booking.id).map_or(Ok(()), |why| Err(*why));
        let outcomes: Vec<_> = all.iter().map(outcome).collect();
        let added = all.iter().zip(&outcomes).filter(|(_, outcome)| outcome.is_ok());
        let added: Vec<&Self> = added.map(|(one, _)| *one).collect();
        if !added.is_empty() {
            let entries: Vec<_> = added.iter().map(|one| &one.audit).collect();
            audit::insert(unit.transaction(), entries).await?;
            let events: Vec<_> = added.iter().map(|one| one.event.clone()).collect();
            unit.publish_all(&events).await?;
        }
        Ok(outcomes)
    }

    /// Adds this one.
    ///
    /// # Errors
    /// Something stands in the way, or the database fails.
    pub async fn insert(&self, unit: &mut UnitOfWork<'_>) -> Result<(), ConfirmationError> {
        match Self::insert_all(unit, &[self]).await?.pop() {
            Some(Err(obstacle)) => Err(ConfirmationError::Refused(obstacle)),
            Some(Ok(())) | None => Ok(()),
        }
    }
}

/// Some that were decided by one catalogue and do not stand in each other's way: what refuses one of
/// them is not one of them.
struct Round<'a, C> {
    transaction: &'a C,
    members: Vec<&'a Confirmation>,
}

impl<'a, C: ConnectionTrait> Round<'a, C> {
    /// Adds keys, bookings and seats, and records refusals. Confirmations with an obstacle that
    /// disappeared meanwhile are returned, to be tried again.
    async fn insert(
        self,
        refused: &mut HashMap<BookingId, Obstacle>,
    ) -> StoreResult<Vec<&'a Confirmation>> {
        let db = self.transaction;
        // The key comes first: it distinguishes a repeated request from a second booking.
        let keys = idempotency::insert_free(db, &answers(&self.members)).await?;
        let (members, repeated) = split(self.members, |one| {
            keys.contains(&(one.answered.caller.clone(), one.answered.key.clone()))
        });
        refused.extend(repeated.iter().map(|one| (one.booking.id, Obstacle::KeyUsed)));
        if members.is_empty() {
            return Ok(Vec::new());
        }

        let wanted: Vec<_> = members.iter().map(|one| &one.booking).collect();
        let booked = bookings::insert_free(db, &wanted).await?;
        let (members, unbooked) =
            split(members, |one| booked.contains(&one.booking.id.to_string()));
        let mut again = Vec::new();
        for one in &unbooked {
            match obstacles::to_booking(db, one).await? {
                Some(obstacle) => drop(refused.insert(one.booking.id, obstacle)),
                None => again.push(*one),
            }
        }
        if !unbooked.is_empty() {
            idempotency::take_back(db, &answers(&unbooked)).await?;
        }
        if members.is_empty() {
            return Ok(again);
        }

        let members = entitled(db, members, refused).await?;
        if members.is_empty() {
            return Ok(again);
        }

        let decided_by = decided_by(&members);
        let wanted: Vec<_> = members.iter().map(|one| &one.booking).collect();
        let seated = seats::take(db, &wanted, decided_by).await?;
        let (_, unseated) = split(members, |one| seated.contains(&one.booking.id.to_string()));
        if !unseated.is_empty() {
            refused.extend(obstacles::to_seats(db, &ids(&unseated), decided_by).await?);
            take_back(db, &unseated).await?;
        }
        Ok(again)
    }
}

/// Those whose entitlements have a use left, which they have now; takes the others back.
async fn entitled<'a, C: ConnectionTrait>(
    db: &C,
    members: Vec<&'a Confirmation>,
    refused: &mut HashMap<BookingId, Obstacle>,
) -> StoreResult<Vec<&'a Confirmation>> {
    let (mut entitled, mut unentitled) = (Vec::with_capacity(members.len()), Vec::new());
    for one in members {
        if one.entitlements.is_empty()
            || entitlements::take(db, &one.booking, &one.entitlements).await?
        {
            entitled.push(one);
        } else {
            unentitled.push(one);
        }
    }
    if !unentitled.is_empty() {
        refused.extend(unentitled.iter().map(|one| (one.booking.id, Obstacle::NotEntitled)));
        take_back(db, &unentitled).await?;
    }
    Ok(entitled)
}

/// Removes bookings that were added in the same transaction, with all that was added with them.
async fn take_back<C: ConnectionTrait>(db: &C, all: &[&Confirmation]) -> StoreResult<()> {
    idempotency::take_back(db, &answers(all)).await?;
    bookings::take_back(db, &ids(all)).await?;
    let standing = all.iter().filter(|one| !one.entitlements.is_empty());
    let standing: Vec<_> = standing.map(|one| one.booking.id).collect();
    match standing[..] {
        [] => Ok(()),
        _ => entitlements::take_back(db, &standing).await,
    }
}

fn answers<'a>(all: &[&'a Confirmation]) -> Vec<&'a Answered> {
    all.iter().map(|one| &one.answered).collect()
}

/// The same for all of a round.
fn decided_by(all: &[&Confirmation]) -> Timestamp {
    all.first().map_or(Timestamp::UNIX_EPOCH, |one| one.decided_by)
}

fn ids(all: &[&Confirmation]) -> Vec<BookingId> {
    all.iter().map(|one| one.booking.id).collect()
}

/// Those for which `keeps` holds, and the others.
fn split(
    all: Vec<&Confirmation>,
    keeps: impl Fn(&Confirmation) -> bool,
) -> (Vec<&Confirmation>, Vec<&Confirmation>) {
    all.into_iter().partition(|one| keeps(one))
}

impl From<Failure> for ConfirmationError {
    fn from(failure: Failure) -> Self {
        Self::Failed(Arc::new(failure))
    }
}
