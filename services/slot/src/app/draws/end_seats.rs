//! Kept seats of winners that end by themselves: nobody answered in time, the winner has another appointment
//! in the group by now, or the day was closed.

use cluster::Term;
use serde_json::json;

use super::{
    declining::left_out_until,
    events::{self, Because},
    phone_winners::READ,
    winners_seat::{SeatEnd, called_now, give_up},
    winners_visit::WinnersVisit,
};
use crate::{
    app::{
        AppError, Engine, failures::Failures, seat_request::active_booking, waiting_list::leading,
    },
    domain::{
        Actor,
        draw::{Draw, DrawEntry},
    },
    store::{audit, draw_entries::offered, draws, reservations},
};

/// Entries that are looked at in one go.
const BATCH: u64 = 500;

/// Ends what is due, as this process leads in `term`, each in a transaction of its own. One that fails does
/// not keep the others waiting. Done again, or by another process after this one died, it goes on from what
/// is written.
///
/// How many failed.
///
/// # Errors
/// What is due cannot be read. What was ended by then stays ended.
pub async fn end_seats(engine: &Engine, term: Term) -> Result<i64, AppError> {
    let (db, now) = (engine.database.connection(), engine.now());
    let due = [
        (offered::booked_otherwise(db, BATCH).await?, SeatEnd::BookedOtherwise),
        (offered::on_closed_days(db, BATCH).await?, SeatEnd::DayClosed),
        (offered::lapsed(db, now, BATCH).await?, SeatEnd::Lapsed),
    ];
    let mut failures = Failures::default();
    for (entries, end) in due {
        for entry in entries {
            if let Err(error) = end_seat(engine, term, &entry, end).await {
                tracing::warn!(draw = %entry.draw, entry = %entry.id, %error, "a drawn seat does not end; it is tried again");
                failures.add();
                if failures.are_too_many() {
                    return Ok(failures.count());
                }
            }
        }
    }
    Ok(failures.count())
}

async fn end_seat(
    engine: &Engine,
    term: Term,
    entry: &DrawEntry,
    end: SeatEnd,
) -> Result<(), AppError> {
    let Some(draw) = draws::find(engine.database.connection(), entry.draw).await? else {
        return Ok(());
    };
    // With SQLite the transaction has the only connection.
    let end = match end {
        SeatEnd::Lapsed => lapsed(engine, &draw, entry).await?,
        SeatEnd::Declined
        | SeatEnd::NotPhoned
        | SeatEnd::DayClosed
        | SeatEnd::BookedOtherwise
        | SeatEnd::NotBookable(_) => end,
    };
    let other = match end {
        SeatEnd::BookedOtherwise => active_booking(engine, entry.person, &entry.group).await?,
        SeatEnd::Declined
        | SeatEnd::Lapsed
        | SeatEnd::NotPhoned
        | SeatEnd::DayClosed
        | SeatEnd::NotBookable(_) => None,
    };
    let other = other.map(|booking| booking.id);
    let Some(mut unit) = leading(engine, term).await? else { return Ok(()) };
    if !give_up(engine, &mut unit, &draw, entry, end).await? {
        return Ok(());
    }
    let because = match end {
        SeatEnd::Declined | SeatEnd::Lapsed | SeatEnd::NotPhoned => {
            let until = left_out_until(engine, unit.transaction(), &draw, entry).await?;
            Because::NotConfirmed(until)
        }
        SeatEnd::DayClosed => Because::DayClosed,
        SeatEnd::BookedOtherwise => Because::BookedOtherwise(other),
        SeatEnd::NotBookable(_) => Because::NotBookable,
    };
    let event = events::not_drawn(engine, &engine.catalogue(), &draw, entry, because)?;
    unit.publish(&event).await?;
    let details = json!({ "draw": draw.id });
    engine.record(&mut unit, &Actor::System, end.action(), entry.id, details).await?;
    unit.commit().await?;
    tracing::info!(draw = %draw.id, service = %draw.service, ?end, "a drawn seat was not taken");
    Ok(())
}

/// What a seat without an answer ends as: the winner answers for their silence only if they were asked, and
/// could have said yes.
async fn lapsed(engine: &Engine, draw: &Draw, entry: &DrawEntry) -> Result<SeatEnd, AppError> {
    match forbidden_by(engine, draw, entry).await? {
        Some(code) => Ok(SeatEnd::NotBookable(code)),
        None if entry.phone.is_some() && !was_called(engine, entry).await? => {
            Ok(SeatEnd::NotPhoned)
        }
        None => Ok(SeatEnd::Lapsed),
    }
}

/// Which rule forbids the winner to take the seat by now, as the code of its problem.
async fn forbidden_by(
    engine: &Engine,
    draw: &Draw,
    entry: &DrawEntry,
) -> Result<Option<&'static str>, AppError> {
    let Some(offer) = entry.offer else { return Ok(None) };
    let db = engine.database.connection();
    let Some(seat) = reservations::offered(db, offer.reservation).await? else { return Ok(None) };
    let decided_by = engine.decides_by();
    let seat = called_now(&decided_by.1, seat);
    let turn = entry.turn.unwrap_or_default();
    match (WinnersVisit { engine, draw, entry, seat, turn }).allowed(&decided_by).await {
        Err(AppError::Rule(refusal)) => Ok(Some(refusal.problem.code)),
        Err(failure @ (AppError::Unavailable(_) | AppError::Internal(_))) => Err(failure),
        // The calendar says no to everybody, and the seat lapses as it would have.
        Ok(_) | Err(_) => Ok(None),
    }
}

/// Whether the office read the number of a winner whom it was to phone.
async fn was_called(engine: &Engine, entry: &DrawEntry) -> Result<bool, AppError> {
    let db = engine.database.connection();
    let known = audit::of_subjects(db, &[entry.id.to_string()]).await?;
    Ok(known.iter().any(|known| known.action == READ))
}
