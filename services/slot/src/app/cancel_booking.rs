//! A person or the office gives an appointment up.

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
    store::bookings,
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

/// The same, with a reason for the person.
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
    let after = Action::Cancel
        .on(booking.status)
        .map_err(|refused| AppError::BookingNotActive(refused.from))?;
    let by = match reader.actor() {
        Actor::Citizen(_) | Actor::ForCitizen(..) if booking.seat.start <= engine.now() => {
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

    let mut unit = engine.begin().await?;
    if !bookings::act(unit.transaction(), &booking, Action::Cancel, 1, now).await? {
        drop(unit);
        let present = reader.find(engine, id).await?;
        return Err(AppError::BookingNotActive(present.status));
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
