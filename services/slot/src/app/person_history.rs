//! What a person did with holds and bookings is remembered as long as a rule may ask for it.
//!
//! The database keeps it; the holds only know which people have one.

use booking::{
    Seat,
    rules::{HistoryEvent, HistoryKind},
};
use ids::GroupId;
use jiff::{SignedDuration, Timestamp};
use messaging::UnitOfWork;

use super::{AppError, Engine, holds_follow, release_seat};
use crate::{
    domain::Booking,
    holds::EndedHold,
    store::{StoreResult, Transaction, history},
};

/// For how long anything is remembered: no rule may look further back.
pub const LONGEST_MEMORY: SignedDuration = SignedDuration::from_hours(24 * 366);

/// The longest time that any rule of the present catalogue looks back; at least a day.
#[must_use]
pub fn window(engine: &Engine) -> SignedDuration {
    let catalogue = engine.catalogue();
    let windows =
        catalogue.services().filter_map(|(_, service)| service.rules_of_entry().needs().history);
    windows.max().unwrap_or_default().clamp(SignedDuration::from_hours(24), LONGEST_MEMORY)
}

/// Holds ended without a booking.
///
/// # Errors
/// The database does not answer.
pub async fn hold_abandoned(engine: &Engine, ended: &[EndedHold]) -> Result<(), AppError> {
    let events: Vec<_> = ended
        .iter()
        .map(|ended| (ended.person, abandoned(engine, &ended.group, &ended.seat, ended.ended_at)))
        .collect();
    history::insert(engine.database.connection(), &events).await?;
    let until = remembered_until(engine);
    for (person, _) in &events {
        engine.holds.note_history(*person, until).await?;
    }
    Ok(())
}

/// What a hold that ends `at` this moment without a booking is remembered as.
pub(super) fn abandoned(
    engine: &Engine,
    group: &GroupId,
    seat: &Seat,
    at: Timestamp,
) -> HistoryEvent {
    HistoryEvent {
        kind: HistoryKind::HoldAbandoned,
        at,
        group: group.clone(),
        starts_at: seat.start,
        seat_minutes: seat.minutes(),
        returned_by: after(at, engine.returning.after_hold()),
        lifted: false,
    }
}

/// The person cancelled a booking; in the transaction that does it.
///
/// # Errors
/// The statement fails.
pub async fn cancelled<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    booking: &Booking,
) -> StoreResult<()> {
    remember(engine, unit, booking, HistoryKind::Cancelled).await
}

/// The person moved a booking; in the transaction that does it.
///
/// # Errors
/// The statement fails.
pub async fn moved<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    booking: &Booking,
) -> StoreResult<()> {
    remember(engine, unit, booking, HistoryKind::Moved).await
}

/// The person did not come; in the transaction that says so.
///
/// # Errors
/// The statement fails.
pub async fn missed<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    booking: &Booking,
) -> StoreResult<()> {
    remember(engine, unit, booking, HistoryKind::Missed).await
}

/// What not taking a drawn `seat`, which was kept for the person, is remembered as. Holds need not know of
/// it: no rule asks for it but where people enter draws, and there the database is read.
pub(super) fn seat_declined(engine: &Engine, group: &GroupId, seat: &Seat) -> HistoryEvent {
    let now = engine.now();
    HistoryEvent {
        kind: HistoryKind::SeatDeclined,
        at: now,
        group: group.clone(),
        starts_at: seat.start,
        seat_minutes: seat.minutes(),
        returned_by: now,
        lifted: false,
    }
}

/// The person came after the booking was marked as missed.
///
/// # Errors
/// The statement fails.
pub async fn came_after_all(transaction: &Transaction, booking: &Booking) -> StoreResult<()> {
    history::delete_missed(transaction, booking.person, &booking.group, booking.seat.start).await
}

/// Until when the holds must know that a person has a history that begins now.
pub fn remembered_until(engine: &Engine) -> Timestamp {
    after(engine.now(), window(engine))
}

async fn remember<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    booking: &Booking,
    kind: HistoryKind,
) -> StoreResult<()> {
    let event = event(engine, booking, kind);
    history::insert(unit.transaction(), &[(booking.person, event)]).await?;
    let until = remembered_until(engine);
    unit.after_commit(holds_follow::history_grew(engine, booking.person, until));
    Ok(())
}

/// What giving `booking` up at this moment, or missing it, is remembered as.
pub(super) fn event(engine: &Engine, booking: &Booking, kind: HistoryKind) -> HistoryEvent {
    let now = engine.now();
    let catalogue = engine.catalogue();
    HistoryEvent {
        kind,
        at: now,
        group: booking.group.clone(),
        starts_at: booking.seat.start,
        seat_minutes: booking.seat.minutes(),
        returned_by: release_seat::returned_by(engine, &catalogue, booking, now),
        lifted: false,
    }
}

fn after(instant: Timestamp, duration: SignedDuration) -> Timestamp {
    instant.saturating_add(duration).unwrap_or(Timestamp::MAX)
}
