//! Two persons turned out to be the same human: what was theirs belongs to one of them now.

use std::time::Duration;

use booking::state::{Action, BookingStatus};
use ids::Pseudonym;
use messaging::Outbox;
use proto::booking::v1::CancelledBy;
use serde_json::json;

use super::{AppError, Engine, events, give_back::give_back};
use crate::store::{
    Transaction,
    audit::{self, Actor},
    bookings::{self, Booking, BookingFilter},
    entitlements, misses,
};

/// More active bookings than one human can have.
const LIMIT: u64 = 100;
/// By then the caller has committed.
const AFTER_COMMIT: Duration = Duration::from_secs(2);

/// Moves everything of `dissolved` to `kept`. If both have an active booking in a group, the later
/// one is cancelled: nobody has two.
///
/// # Errors
/// A second active booking cannot be cancelled, because somebody is being served with it: then it
/// works later. Or the database does not answer.
pub async fn merge_persons(
    engine: &Engine,
    transaction: &Transaction,
    kept: Pseudonym,
    dissolved: Pseudonym,
) -> Result<(), AppError> {
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
    misses::change_person(transaction, dissolved, kept).await?;
    let details = json!({ "dissolved": dissolved });
    let entry = engine.audit(&Actor::System, "person.merged", kept, details);
    audit::insert(transaction, [&entry]).await?;
    compare_days_soon(engine, &active);
    Ok(())
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
    let can_go = |booking: &&Booking| booking.status.after(Action::Cancel).is_ok();
    let booking = [second, first].into_iter().find(can_go);
    let booking = booking.ok_or(AppError::BookingNotActive(second.status))?;
    if !bookings::act(transaction, booking, Action::Cancel, 1, engine.now()).await? {
        return Err(AppError::BookingNotActive(booking.status));
    }
    let catalogue = engine.catalogue();
    let gave_back = give_back(engine, transaction, &catalogue, booking).await?;
    let details = json!({ "reason": "second booking of the same human" });
    let entry = engine.audit(&Actor::System, "booking.cancelled", booking.id, details);
    audit::insert(transaction, [&entry]).await?;
    let sequence = booking.sequence.saturating_add(1);
    let cancelled = Booking { sequence, ..booking.clone() };
    let event = events::cancelled(engine, &catalogue, &cancelled, CancelledBy::Office, None);
    Outbox::enqueue(transaction, &event).await?;
    // The day is compared with the database as a whole, see below.
    drop(gave_back);
    Ok(())
}

/// The holds learn of it when the days are compared with the database, after the caller's commit.
/// Until then the worst that happens is a hold that the database refuses to confirm.
fn compare_days_soon(engine: &Engine, touched: &[Booking]) {
    let (repairs, touched) = (engine.repairs.clone(), touched.to_vec());
    tokio::spawn(async move {
        tokio::time::sleep(AFTER_COMMIT).await;
        touched.iter().for_each(|booking| repairs.day_of(&booking.seat));
    });
}
