//! Two persons turned out to be the same human: what was theirs belongs to one of them now.

use booking::state::{Action, BookingStatus};
use ids::Pseudonym;
use messaging::Outbox;
use proto::booking::v1::CancelledBy;
use serde_json::json;

use super::{AppError, Engine, events, person_history, release_seat::give_up_seat};
use crate::store::{
    Transaction,
    audit::{self, Actor},
    bookings::{self, Booking, BookingFilter},
    entitlements, history, merged_persons, reservations,
};

/// More active bookings than one human can have.
const LIMIT: u64 = 100;

/// Moves everything of `dissolved` to `kept`. If both have an active booking in a group, the later
/// one is cancelled: a person has at most one. From then on `dissolved` books nothing more; and if `kept` was
/// itself dissolved before, because events came in another order, everything goes to the person that
/// it was merged into.
///
/// # Errors
/// A second active booking cannot be cancelled, because it is being served: then it is retried
/// later. Or the database does not answer.
pub async fn merge_persons(
    engine: &Engine,
    transaction: &Transaction,
    kept: Pseudonym,
    dissolved: Pseudonym,
) -> Result<(), AppError> {
    let kept = merged_persons::begin_merge(transaction, kept, dissolved).await?;
    if kept == dissolved {
        return Ok(());
    }
    merged_persons::insert(transaction, dissolved, kept, engine.now()).await?;
    let mut active = active_bookings(transaction, kept).await?;
    active.extend(active_bookings(transaction, dissolved).await?);
    active.sort_by_key(|booking| (booking.group.clone(), booking.created_at));
    for pair in active.windows(2) {
        if let [first, second] = pair
            && first.group == second.group
        {
            give_up_one(engine, transaction, first, second).await?;
        }
    }
    bookings::change_person(transaction, dissolved, kept).await?;
    entitlements::change_person(transaction, dissolved, kept).await?;
    history::change_person(transaction, dissolved, kept).await?;
    reservations::change_person(transaction, dissolved, kept).await?;
    let details = json!({ "dissolved": dissolved });
    let entry = engine.audit(&Actor::System, "person.merged", kept, details);
    audit::insert(transaction, [&entry]).await?;
    Ok(())
}

/// After the commit: the next hold under either name asks the database, and the days of what is
/// theirs are compared with it.
pub async fn tell_holds(engine: &Engine, kept: Pseudonym, dissolved: Pseudonym) {
    for person in [kept, dissolved] {
        person_history::tell_holds(engine, person).await;
    }
    let filter = BookingFilter::default().of(kept).in_status(BookingStatus::ACTIVE);
    match bookings::list(engine.database.connection(), &filter, LIMIT).await {
        Ok(bookings) => {
            bookings.iter().for_each(|it| engine.repairs.day_of(&it.seat, &engine.berlin));
        }
        Err(error) => tracing::warn!(
            %error, person = %kept,
            "cannot list the bookings of a merged person; the next sweep reconciles their days"
        ),
    }
}

async fn active_bookings(
    transaction: &Transaction,
    person: Pseudonym,
) -> Result<Vec<Booking>, AppError> {
    let filter = BookingFilter::default().of(person).in_status(BookingStatus::ACTIVE);
    Ok(bookings::list(transaction, &filter, LIMIT).await?)
}

/// Cancels the later of two bookings, or the earlier if the person is being served with the later.
async fn give_up_one(
    engine: &Engine,
    transaction: &Transaction,
    first: &Booking,
    second: &Booking,
) -> Result<(), AppError> {
    let can_go = |booking: &&Booking| Action::Cancel.on(booking.status).is_ok();
    let booking = [second, first].into_iter().find(can_go);
    let booking = booking.ok_or(AppError::BookingNotActive(second.status))?;
    if !bookings::act(transaction, booking, Action::Cancel, 1, engine.now()).await? {
        return Err(AppError::BookingNotActive(booking.status));
    }
    let catalogue = engine.catalogue();
    // The holds learn of it when the day is compared with the database.
    drop(give_up_seat(engine, transaction, &catalogue, booking).await?);
    let details = json!({ "reason": "second booking of the same human" });
    let entry = engine.audit(&Actor::System, "booking.cancelled", booking.id, details);
    audit::insert(transaction, [&entry]).await?;
    let sequence = booking.sequence.saturating_add(1);
    let cancelled = Booking { sequence, ..booking.clone() };
    let event = events::cancelled(engine, &catalogue, &cancelled, CancelledBy::Office, None);
    Outbox::enqueue(transaction, &event).await?;
    Ok(())
}
