//! A person or the office gives an appointment up.

use booking::state::Action;
use catalogue::Texts;
use ids::BookingId;
use messaging::Outbox;
use proto::booking::v1::CancelledBy;
use serde_json::json;

use super::{AppError, Engine, events, give_back::give_back, list_bookings::Reader};
use crate::store::{
    Failure,
    audit::{self, Actor},
    bookings::{self, Booking},
};

/// Cancels a booking that `reader` may change, and gives its seat back.
///
/// # Errors
/// There is no such booking for the caller, or it is not (or no longer) only confirmed.
pub async fn cancel_booking(
    engine: &Engine,
    reader: &Reader,
    id: BookingId,
) -> Result<Booking, AppError> {
    cancel_because(engine, reader, id, None).await
}

/// The same, and the person is told why.
///
/// # Errors
/// As [`cancel_booking`].
pub async fn cancel_because(
    engine: &Engine,
    reader: &Reader,
    id: BookingId,
    reason: Option<&Texts>,
) -> Result<Booking, AppError> {
    let catalogue = engine.catalogue();
    let booking = reader.find(engine, id).await?;
    let after = booking
        .status
        .after(Action::Cancel)
        .map_err(|refused| AppError::BookingNotActive(refused.from))?;
    let by = match reader.actor() {
        Actor::Citizen(_) | Actor::ForCitizen(..) if booking.starts_at <= engine.now() => {
            return Err(AppError::BookingStarted);
        }
        Actor::Citizen(_) | Actor::ForCitizen(..) | Actor::Agency(_) => CancelledBy::Person,
        Actor::Staff(_) | Actor::System => CancelledBy::Office,
    };
    let now = engine.now();
    let cancelled = Booking {
        status: after,
        sequence: booking.sequence.saturating_add(1),
        changed_at: now,
        ..booking.clone()
    };

    let transaction = engine.database.begin().await?;
    if !bookings::act(&transaction, &booking, Action::Cancel, 1, now).await? {
        drop(transaction);
        let present = reader.find(engine, id).await?;
        return Err(AppError::BookingNotActive(present.status));
    }
    let gave_back = give_back(engine, &transaction, &catalogue, &booking).await?;
    let details = json!({ "release_at": gave_back.release_at() });
    let entry = engine.audit(reader.actor(), "booking.cancelled", id, details);
    audit::insert(&transaction, [&entry]).await?;
    let event = events::cancelled(engine, &catalogue, &cancelled, by, reason);
    Outbox::enqueue(&transaction, &event).await?;
    transaction.commit().await.map_err(Failure::from)?;

    engine.wake.wake();
    gave_back.tell_holds(engine).await;
    Ok(cancelled)
}
