//! Closes bookings that stayed open at the desk, so that they do not keep their person from
//! booking again or from a draw. No cool-down follows: we do not know whether the person came.

use booking::state::{Action, BookingStatus, NOTED_WITHIN};
use cluster::Term;
use jiff::Timestamp;
use messaging::UnitOfWork;
use serde_json::json;

use super::{AppError, Engine, holds_follow};
use crate::{
    domain::{Actor, Booking},
    store::{
        bookings::{self, BookingFilter},
        leader_leases,
    },
};

/// What the audit log says of a booking that was closed.
pub(super) const CLOSED: &str = "booking.closed";
/// Most bookings in one pass.
const BATCH: u64 = 500;

/// Closes what ended long enough ago, as the process that leads in `term`.
///
/// # Errors
/// The database does not answer. What was closed by then stays so.
pub async fn close_past_bookings(engine: &Engine, term: Term) -> Result<(), AppError> {
    let filter =
        BookingFilter::default().in_status(BookingStatus::ACTIVE).ended_before(noted_until(engine));
    for booking in bookings::list(engine.database.connection(), &filter, BATCH).await? {
        change(engine, booking, term).await?;
    }
    Ok(())
}

/// What ended before this instant cannot be noted at the desk any more.
pub(super) fn noted_until(engine: &Engine) -> Timestamp {
    engine.now().saturating_sub(NOTED_WITHIN).unwrap_or(Timestamp::MIN)
}

/// Closes `booking` for its person, who wants another one, if the job only has not come to it yet. `false`:
/// it is open still.
pub(super) async fn close_if_due(engine: &Engine, booking: &Booking) -> bool {
    if booking.seat.end > noted_until(engine) {
        return false;
    }
    // Boxed: every hold has room for it, and few need it.
    Box::pin(close_now(engine, booking.clone())).await.unwrap_or_else(|error| {
        tracing::warn!(%error, booking = %booking.id, "cannot close a past booking; its person can book again once the job has closed it");
        false
    })
}

async fn close_now(engine: &Engine, booking: Booking) -> Result<bool, AppError> {
    let id = booking.id;
    let mut unit = engine.begin().await?;
    if close(engine, &mut unit, booking).await? {
        unit.commit().await?;
        return Ok(true);
    }
    drop(unit);
    // The job or the desk was faster.
    let present = bookings::find(engine.database.connection(), id).await?;
    Ok(present.is_none_or(|present| !present.status.is_active()))
}

async fn change(engine: &Engine, booking: Booking, term: Term) -> Result<(), AppError> {
    let mut unit = engine.begin().await?;
    if !leader_leases::may_act(unit.transaction(), term).await? {
        tracing::info!(term = term.number(), "another process leads now; this change is dropped");
        return Ok(());
    }
    if !close(engine, &mut unit, booking).await? {
        return Ok(());
    }
    Ok(unit.commit().await?)
}

/// Closes one. `false`: it is in another state by now, and `unit` must not be committed.
pub(super) async fn close<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    booking: Booking,
) -> Result<bool, AppError> {
    let (now, mut present) = (engine.now(), booking.clone());
    // Nobody who is parked is missed: they are in the queue again first.
    let actions: &[Action] = match booking.status {
        BookingStatus::Parked => &[Action::Requeue, Action::Miss],
        _ => &[Action::Miss],
    };
    for action in actions {
        if !bookings::act(unit.transaction(), &present, *action, 0, now).await? {
            return Ok(false);
        }
        present.status = action.to();
    }
    let details = json!({ "from": booking.status, "to": present.status });
    engine.record(unit, &Actor::System, CLOSED, booking.id, details).await?;
    unit.after_commit(holds_follow::booking_changed(engine, booking, present.status));
    Ok(true)
}
