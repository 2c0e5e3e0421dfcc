//! A person or the office gives an appointment up.

use aws_lc_rs::digest;
use booking::state::Action;
use catalogue::Texts;
use ids::BookingId;
use proto::booking::v1::CancelledBy;
use serde_json::json;

use super::{
    AppError, Engine, events, list_bookings::Reader, person_history, release_seat::give_up_seat,
};
use crate::{
    domain::{Actor, Booking},
    store::{
        bookings,
        idempotency::{self, Answered},
    },
};

/// Why and how a booking is to be cancelled.
#[derive(Debug, Default)]
pub struct Cancellation {
    /// For the person.
    pub reason: Option<Texts>,
    /// The caller's `Idempotency-Key`: a repeat is answered as the first request was.
    pub key: Option<String>,
}

/// Cancels a booking that `reader` may change, and gives its seat back.
///
/// # Errors
/// There is no such booking for the caller, or it is not (or no longer) only confirmed, or it
/// has begun (for the office: is over), or the key was used for something else.
pub async fn cancel_booking(
    engine: &Engine,
    reader: &Reader,
    id: BookingId,
    cancellation: Cancellation,
) -> Result<Booking, AppError> {
    let Cancellation { reason, key } = cancellation;
    let answered = key.map(|key| Answered {
        caller: reader.actor().to_string(),
        key,
        request: fingerprint(id),
        at: engine.now(),
    });
    let outcome = cancel(engine, reader, id, reason.as_ref(), answered.as_ref()).await;
    match (outcome, answered) {
        (Err(AppError::BookingNotActive(status)), Some(answered)) => {
            let before = answered_before(engine, reader, id, &answered).await?;
            before.ok_or(AppError::BookingNotActive(status))
        }
        (outcome, _) => outcome,
    }
}

/// The same for the same request.
fn fingerprint(id: BookingId) -> Vec<u8> {
    digest::digest(&digest::SHA256, format!("cancel {id}").as_bytes()).as_ref().to_vec()
}

/// The booking, if this request cancelled it before.
async fn answered_before(
    engine: &Engine,
    reader: &Reader,
    id: BookingId,
    answered: &Answered,
) -> Result<Option<Booking>, AppError> {
    let db = engine.database.connection();
    match idempotency::find(db, &answered.caller, &answered.key).await? {
        Some(before) if before.request == answered.request => {
            reader.find(engine, id).await.map(Some)
        }
        Some(_) => Err(AppError::IdempotencyMismatch),
        None => Ok(None),
    }
}

async fn cancel(
    engine: &Engine,
    reader: &Reader,
    id: BookingId,
    reason: Option<&Texts>,
    answered: Option<&Answered>,
) -> Result<Booking, AppError> {
    let catalogue = engine.catalogue();
    let booking = reader.find(engine, id).await?;
    let after = Action::Cancel
        .on(booking.status)
        .map_err(|refused| AppError::BookingNotActive(refused.from))?;
    // The office can call it off while it lasts, since it may be the office that cannot see the person. After
    // its end the desk notes how it went.
    let (by, until) = match reader.actor() {
        Actor::Citizen(_) | Actor::ForCitizen(..) => (CancelledBy::Person, booking.seat.start),
        Actor::Agency(_) => (CancelledBy::Person, booking.seat.end),
        Actor::Staff(_) | Actor::System => (CancelledBy::Office, booking.seat.end),
    };
    if until <= engine.now() {
        return Err(AppError::BookingStarted);
    }
    let now = engine.now();
    let cancelled = Booking {
        status: after,
        sequence: booking.sequence.saturating_add(1),
        changed_at: now,
        ..booking.clone()
    };

    let mut unit = engine.begin().await?;
    if !bookings::act(unit.transaction(), &booking, Action::Cancel, 1, now).await? {
        drop(unit);
        let present = reader.find(engine, id).await?;
        return Err(AppError::BookingNotActive(present.status));
    }
    if let Some(answered) = answered
        && !idempotency::note_answer(unit.transaction(), answered).await?
    {
        return Err(AppError::IdempotencyMismatch);
    }
    give_up_seat(engine, &mut unit, &catalogue, &booking).await?;
    if by == CancelledBy::Person {
        person_history::cancelled(engine, &mut unit, &booking).await?;
    }
    engine.record(&mut unit, reader.actor(), "booking.cancelled", id, json!({})).await?;
    unit.publish(&events::cancelled(engine, &catalogue, &cancelled, by, reason)).await?;
    unit.commit().await?;
    Ok(cancelled)
}
