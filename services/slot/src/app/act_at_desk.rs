//! What staff do with a booking at the front desk: check in, call, serve, miss, park, requeue.

use booking::state::{Action, BookingStatus};
use ids::BookingId;
use messaging::UnitOfWork;
use proto::booking::v1::Attendance;
use serde_json::json;

use super::{
    AppError, DeskRefusal, Engine, close_past_bookings::noted_until,
    compare_document::compare_document, events, holds_follow, list_bookings::Reader,
    person_history,
};
use crate::{
    domain::{Actor, Booking, CountedAct},
    store::{Failure, bookings, staff_counts},
};

/// Moves the booking on. A person who booked by phone is checked in with the identity service's
/// statement about the document, `attendee_token`.
///
/// # Errors
/// There is no such booking at this reader's locations, or its state does not allow the action; it is too early
/// or too late for it; a booking by phone lacks the document.
pub async fn act_at_desk(
    engine: &Engine,
    reader: &Reader,
    id: BookingId,
    action: Action,
    attendee_token: Option<&str>,
) -> Result<Booking, AppError> {
    let booking = reader.find(engine, id).await?;
    let status =
        action.on(booking.status).map_err(|refused| AppError::BookingNotActive(refused.from))?;
    is_due(engine, &booking, action)?;
    let compared = match action {
        Action::CheckIn | Action::Requeue if booking.binding.is_provisional() => {
            Some(compare_document(engine, reader.actor(), &booking, attendee_token).await?)
        }
        _ => None,
    };

    let mut unit = engine.begin().await?;
    let present = match &compared {
        Some(compared) => compared.bind(engine, &mut unit, &booking).await?,
        None => booking.clone(),
    };
    let acted = bookings::act(unit.transaction(), &booking, action, 0, engine.now()).await;
    if !acted.map_err(active_again)? {
        drop(unit);
        let present = reader.find(engine, id).await?;
        return Err(AppError::BookingNotActive(present.status));
    }
    remember(engine, &mut unit, reader.actor(), &booking, action).await?;
    let changed = Booking { status, changed_at: engine.now(), ..present };
    let mut details = json!({ "from": booking.status, "to": status });
    if let Some(compared) = compared {
        details["compared"] = json!({ "person": changed.person, "agreed": compared.agreed() });
        unit.after_commit(holds_follow::booking_bound(engine, booking.clone()));
    }
    engine.record(&mut unit, reader.actor(), audit_name(action), id, details).await?;
    if let Some(attendance) = attendance(status) {
        let event = events::attended(engine, &engine.catalogue(), &changed, attendance);
        unit.publish(&event).await?;
    }
    unit.after_commit(holds_follow::booking_changed(engine, booking, status));
    unit.commit().await?;
    Ok(changed)
}

/// The desk acts on the day of the appointment: what was served or missed before its time would
/// free the person to take another one. Missed is only what has begun. After the time in which the desk notes what
/// became of it, nothing is noted, whether the job has closed it yet or not. A miss is a mistake that is seen on the
/// same day; later, to undo it is to lift a limit, which takes a reason and may take a colleague.
fn is_due(engine: &Engine, booking: &Booking, action: Action) -> Result<(), AppError> {
    let now = engine.now();
    let start = booking.seat.start;
    let begun = start <= now;
    let is_of_today = booking.seat.date(&engine.berlin) == engine.local_date(now);
    match action {
        _ if booking.seat.end <= noted_until(engine) => Err(DeskRefusal::NoLongerNoted.into()),
        Action::Requeue if booking.status == BookingStatus::Missed && !is_of_today => {
            Err(DeskRefusal::NoLongerNoted.into())
        }
        Action::Miss if !begun => Err(DeskRefusal::BookingNotBegun { start }.into()),
        _ if !begun && !is_of_today => {
            let (noted_from, _) = engine.day_around(start);
            Err(DeskRefusal::NotToday { start, noted_from }.into())
        }
        _ => Ok(()),
    }
}

/// A missed appointment counts for the cool-down until the person comes after all, which is counted for the member of
/// staff who says so.
async fn remember<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    actor: &Actor,
    booking: &Booking,
    action: Action,
) -> Result<(), AppError> {
    match (action, booking.status) {
        (Action::Miss, _) => {
            person_history::missed(engine, unit, booking).await?;
        }
        (Action::Requeue, BookingStatus::Missed) => {
            person_history::came_after_all(unit.transaction(), booking).await?;
            if let Actor::Staff(staff) = actor {
                let (today, act) = (engine.local_date(engine.now()), CountedAct::CorrectedMiss);
                staff_counts::take(unit.transaction(), *staff, today, act, None).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// A person who missed an appointment may have another one by now.
pub(super) fn active_again(failure: Failure) -> AppError {
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
