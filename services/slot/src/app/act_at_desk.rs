//! What staff do with a booking at the front desk: check in, call, serve, miss, park, requeue.

use booking::state::{Action, BookingStatus};
use ids::BookingId;
use messaging::Outbox;
use proto::booking::v1::Attendance;
use serde_json::json;

use super::{AppError, Engine, events, list_bookings::Reader, person_history};
use crate::store::{
    Failure, Transaction, audit,
    bookings::{self, Booking},
};

/// Moves the booking on.
///
/// # Errors
/// There is no such booking at this reader's locations, or its state does not allow the action.
pub async fn act_at_desk(
    engine: &Engine,
    reader: &Reader,
    id: BookingId,
    action: Action,
) -> Result<Booking, AppError> {
    let booking = reader.find(engine, id).await?;
    let status =
        action.on(booking.status).map_err(|refused| AppError::BookingNotActive(refused.from))?;
    is_due(engine, &booking, action)?;
    let changed = Booking { status, changed_at: engine.now(), ..booking.clone() };

    let transaction = engine.database.begin().await?;
    if !bookings::act(&transaction, &booking, action, 0, engine.now())
        .await
        .map_err(active_again)?
    {
        drop(transaction);
        let present = reader.find(engine, id).await?;
        return Err(AppError::BookingNotActive(present.status));
    }
    remember(engine, &transaction, &booking, action).await?;
    let details = json!({ "from": booking.status, "to": status });
    let entry = engine.audit(reader.actor(), audit_name(action), id, details);
    audit::insert(&transaction, [&entry]).await?;
    if let Some(attendance) = attendance(status) {
        let event = events::attended(engine, &engine.catalogue(), &changed, attendance);
        Outbox::enqueue(&transaction, &event).await?;
    }
    transaction.commit().await.map_err(Failure::from)?;

    engine.wake.wake();
    tell_holds(engine, &booking, status).await;
    Ok(changed)
}

/// The desk acts on the day of the appointment: what was served or missed before its time would
/// free the person to take another one. Missed is only what has begun.
fn is_due(engine: &Engine, booking: &Booking, action: Action) -> Result<(), AppError> {
    let now = engine.now();
    let begun = booking.seat.start <= now;
    match action {
        Action::Miss if !begun => Err(AppError::BookingNotBegun),
        _ if !begun && booking.seat.date(&engine.berlin) != engine.local_date(now) => {
            Err(AppError::NotToday)
        }
        _ => Ok(()),
    }
}

/// A missed appointment counts for the cool-down until the person comes after all.
async fn remember(
    engine: &Engine,
    transaction: &Transaction,
    booking: &Booking,
    action: Action,
) -> Result<(), AppError> {
    match (action, booking.status) {
        (Action::Miss, _) => {
            person_history::missed(engine, transaction, booking).await?;
        }
        (Action::Requeue, BookingStatus::Missed) => {
            person_history::came_after_all(transaction, booking).await?;
        }
        _ => {}
    }
    Ok(())
}

/// The holds keep "this person has an active booking" for as long as the booking is active.
async fn tell_holds(engine: &Engine, booking: &Booking, status: BookingStatus) {
    if status == BookingStatus::Missed {
        person_history::tell_holds(engine, booking.person).await;
    }
    if booking.status.is_active() == status.is_active() {
        return;
    }
    let told = if status.is_active() {
        // Active again after it was missed: comparing the day with the database says so.
        false
    } else {
        let Booking { person, group, id, .. } = booking;
        engine.holds.clear_active_booking(*person, group, *id).await.is_ok()
    };
    if !told {
        engine.repairs.day_of(&booking.seat, &engine.berlin);
    }
}

/// A person who missed an appointment may have another one by now.
fn active_again(failure: Failure) -> AppError {
    match failure.unique_index() {
        Some(_) => AppError::AlreadyBooked,
        None => failure.into(),
    }
}

const fn audit_name(action: Action) -> &'static str {
    match action {
        Action::CheckIn => "booking.checked_in",
        Action::Call => "booking.called",
        Action::Serve => "booking.served",
        Action::Miss => "booking.missed",
        Action::Park => "booking.parked",
        Action::Requeue => "booking.requeued",
        Action::Cancel => "booking.cancelled",
        Action::Rebook => "booking.rebooked",
    }
}

const fn attendance(status: BookingStatus) -> Option<Attendance> {
    match status {
        BookingStatus::CheckedIn => Some(Attendance::CheckedIn),
        BookingStatus::Called => Some(Attendance::Called),
        BookingStatus::Served => Some(Attendance::Served),
        BookingStatus::Missed => Some(Attendance::Missed),
        BookingStatus::Confirmed
        | BookingStatus::Parked
        | BookingStatus::Cancelled
        | BookingStatus::Rebooked => None,
    }
}
