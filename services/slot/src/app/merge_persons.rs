//! Two persons turned out to be the same human: what was theirs belongs to one of them now.

use booking::state::{Action, BookingStatus};
use ids::Pseudonym;
use jiff::Timestamp;
use messaging::UnitOfWork;
use serde_json::json;

use super::{
    AppError, Engine, close_past_bookings::close, draws::merge_seats::merge_seats, events,
    holds_follow, release_seat::give_up_seat, waiting_list::merge_places::merge_places,
};
use crate::{
    domain::{Actor, Booking},
    store::{
        Transaction,
        bookings::{self, BookingFilter},
        draw_entries, draw_misses, entitlements, history, merge_moves, merged_persons,
        reservations,
    },
};

/// More active bookings than one human can have.
const LIMIT: u64 = 100;

/// Moves everything of `dissolved` to `kept`, but for entitlements: what `dissolved` has claimed
/// must be claimed again. If both have an active booking in a group, the later one is cancelled: a
/// person has at most one. One that is over is not: nobody came to it, and it says so, as if the desk had
/// forgotten to close it. From then on `dissolved` books nothing more; and if `kept` was itself
/// dissolved before, because events came in another order, everything goes to the person that it
/// was merged into. What moves is remembered, so that `split_persons` can undo it. Identity signed
/// this at `signed_at`, in seconds; a later reversal holds against it.
///
/// # Errors
/// A second active booking cannot be cancelled, because it is being served: then it is retried
/// later. Or the database does not answer.
pub async fn merge_persons<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    kept: Pseudonym,
    dissolved: Pseudonym,
    signed_at: i64,
) -> Result<(), AppError> {
    let kept = merged_persons::begin_merge(unit.transaction(), kept, dissolved).await?;
    if kept == dissolved
        || !merge_moves::note_decision(unit.transaction(), dissolved, signed_at).await?
    {
        return Ok(());
    }
    merge_moves::remember(unit.transaction(), dissolved, engine.now()).await?;
    merged_persons::insert(unit.transaction(), dissolved, kept, engine.now()).await?;
    let mut active = active_bookings(unit.transaction(), kept).await?;
    active.extend(active_bookings(unit.transaction(), dissolved).await?);
    active.sort_by_key(|booking| (booking.group.clone(), booking.created_at));
    for pair in active.windows(2) {
        if let [first, second] = pair
            && first.group == second.group
        {
            give_up_one(engine, unit, first, second).await?;
        }
    }
    // They must be claimed again: names and dates of birth are compared then.
    let released = entitlements::release_all(unit.transaction(), dissolved).await?;
    merge_places(engine, unit, kept, dissolved).await?;
    merge_seats(engine, unit, kept, dissolved).await?;
    change_person(unit.transaction(), dissolved, kept, engine.now()).await?;
    let details = json!({ "dissolved": dissolved, "released": released });
    engine.record(unit, &Actor::System, "person.merged", kept, details).await?;
    unit.after_commit(holds_follow::persons_merged(engine, kept, dissolved));
    Ok(())
}

async fn change_person(
    transaction: &Transaction,
    dissolved: Pseudonym,
    kept: Pseudonym,
    now: Timestamp,
) -> Result<(), AppError> {
    bookings::change_person(transaction, dissolved, kept).await?;
    history::change_person(transaction, dissolved, kept).await?;
    draw_entries::change_person(transaction, dissolved, kept, now).await?;
    draw_misses::merge(transaction, dissolved, kept).await?;
    Ok(reservations::change_person(transaction, dissolved, kept).await?)
}

async fn active_bookings(
    transaction: &Transaction,
    person: Pseudonym,
) -> Result<Vec<Booking>, AppError> {
    let filter = BookingFilter::default().of(person).in_status(BookingStatus::ACTIVE);
    Ok(bookings::list(transaction, &filter, LIMIT).await?)
}

/// Cancels the later of two bookings, or the earlier if the person is being served with the later. If one is over
/// and its person was not checked in, that one is closed as missed instead: a merge makes no appointment undone
/// that was missed, and takes none away that is still ahead.
async fn give_up_one<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    first: &Booking,
    second: &Booking,
) -> Result<(), AppError> {
    let now = engine.now();
    let can_go = |booking: &&Booking| Action::Cancel.on(booking.status).is_ok();
    let is_over = |booking: &&Booking| booking.seat.end <= now && can_go(booking);
    if let Some(over) = [first, second].into_iter().find(is_over) {
        return match close(engine, unit, over.clone()).await? {
            true => Ok(()),
            false => Err(AppError::BookingNotActive(over.status)),
        };
    }
    let booking = [second, first].into_iter().find(can_go);
    let booking = booking.ok_or(AppError::BookingNotActive(second.status))?;
    let stays = if booking.id == second.id { first } else { second };
    if !bookings::act(unit.transaction(), booking, Action::Cancel, 1, now).await? {
        return Err(AppError::BookingNotActive(booking.status));
    }
    // An entry for an earlier appointment would win nothing otherwise: the one that it names is gone.
    draw_entries::name_instead(unit.transaction(), booking.id, stays.id).await?;
    let catalogue = engine.catalogue();
    give_up_seat(engine, unit, &catalogue, booking).await?;
    let details = json!({ "reason": "second booking of the same human" });
    engine.record(unit, &Actor::System, "booking.cancelled", booking.id, details).await?;
    let sequence = booking.sequence.saturating_add(1);
    let cancelled = Booking { sequence, ..booking.clone() };
    let event = events::cancelled_as_second(engine, &catalogue, &cancelled, stays);
    Ok(unit.publish(&event).await?)
}
