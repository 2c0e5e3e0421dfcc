//! Closes bookings that stayed open at the desk, so that they do not keep their person from
//! booking again or from a draw. No cool-down follows: we do not know whether the person came.

use booking::state::{Action, BookingStatus};
use cluster::Term;
use jiff::{SignedDuration, Timestamp};
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

/// How long after its end a booking may still be changed at the desk.
const GRACE: SignedDuration = SignedDuration::from_hours(12);
/// Most bookings in one pass.
const BATCH: u64 = 500;

/// Closes what ended long enough ago, as the process that leads in `term`.
///
/// # Errors
/// The database does not answer. What was closed by then stays so.
pub async fn close_past_bookings(engine: &Engine, term: Term) -> Result<(), AppError> {
    let ended = engine.now().saturating_sub(GRACE).unwrap_or(Timestamp::MIN);
    let filter = BookingFilter::default().in_status(BookingStatus::ACTIVE).ended_before(ended);
    for booking in bookings::list(engine.database.connection(), &filter, BATCH).await? {
        let action = match booking.status {
            BookingStatus::Parked => Action::Requeue,
            _ => Action::Miss,
        };
        change(engine, booking, action, term).await?;
    }
    Ok(())
}

async fn change(
    engine: &Engine,
    booking: Booking,
    action: Action,
    term: Term,
) -> Result<(), AppError> {
    let mut unit = engine.begin().await?;
    if !leader_leases::may_act(unit.transaction(), term).await? {
        tracing::info!(term = term.number(), "another process leads now; this change is dropped");
        return Ok(());
    }
    if !close(engine, &mut unit, booking, action).await? {
        return Ok(());
    }
    Ok(unit.commit().await?)
}

/// Closes one. `false`: it is in another state by now.
pub(super) async fn close<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    booking: Booking,
    action: Action,
) -> Result<bool, AppError> {
    if !bookings::act(unit.transaction(), &booking, action, 0, engine.now()).await? {
        return Ok(false);
    }
    let details = json!({ "from": booking.status, "to": action.to() });
    engine.record(unit, &Actor::System, "booking.closed", booking.id, details).await?;
    unit.after_commit(holds_follow::booking_changed(engine, booking, action.to()));
    Ok(true)
}
