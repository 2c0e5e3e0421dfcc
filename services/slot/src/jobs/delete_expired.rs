//! Deletes expired rows.

use std::{sync::Arc, time::Duration};

use cluster::Leadership;
use jiff::{SignedDuration, Timestamp};

use super::turns::Turns;
use crate::{
    app::{
        AppError, Engine, draws::delete_entries::delete_entries, log::forget_draws::forget_draws,
        person_history,
    },
    store::{
        assigned_dates, claim_tries, desk_cases, draw_entries::phoned, draw_misses, history,
        idempotency, merge_ended, merge_moves, reservations, staff_counts, waiting_declines,
        waiting_entries, waiting_offers,
    },
};

const TICK: Duration = Duration::from_secs(1);
/// How many ticks pass between two deletions.
const DELETE_EVERY: u32 = 60;
/// For how long a repeated request gets the same answer.
const ANSWERS: SignedDuration = SignedDuration::from_hours(24);

/// How long counts per member of staff serve against abuse.
const STAFF_COUNTS: SignedDuration = SignedDuration::from_hours(24 * 90);

/// How long a person can see what became of their place in a waiting list, or of a date that the office
/// gave. What they declined counts no longer than this (`rejoinAfterDays` is 30 at most).
const ENDED_PLACES: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Deletes for ever, while this process leads. There is no fence: deleting twice is harmless.
pub async fn run(engine: Arc<Engine>, leadership: Leadership, turns: Turns) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut until_deleting = 0;
    loop {
        ticks.tick().await;
        if leadership.term().is_none() {
            // A new leader deletes at once.
            until_deleting = 0;
            continue;
        }
        if until_deleting == 0 {
            until_deleting = DELETE_EVERY;
            let _turn = turns.take().await;
            if let Err(error) = delete_expired(&engine).await {
                tracing::warn!(%error, "cannot delete expired rows; tried again in a minute");
            }
        }
        until_deleting -= 1;
    }
}

async fn delete_expired(engine: &Engine) -> Result<(), AppError> {
    let (db, now) = (engine.database.connection(), engine.now());
    let before = now.saturating_sub(person_history::LONGEST_MEMORY).unwrap_or(Timestamp::MIN);
    history::delete_before(db, before).await?;
    merge_moves::delete_before(db, before).await?;
    draw_misses::delete_before(db, before).await?;
    let old = now.saturating_sub(ANSWERS).unwrap_or(Timestamp::MIN);
    idempotency::delete_before(db, old).await?;
    claim_tries::delete_before(db, engine.local_date(old)).await?;
    desk_cases::delete_before(db, old).await?;
    let long_ago = now.saturating_sub(STAFF_COUNTS).unwrap_or(Timestamp::MIN);
    staff_counts::delete_before(db, engine.local_date(long_ago)).await?;
    let ended = now.saturating_sub(ENDED_PLACES).unwrap_or(Timestamp::MIN);
    assigned_dates::delete_before(db, ended).await?;
    waiting_offers::delete_before(db, ended).await?;
    waiting_entries::delete_before(db, ended).await?;
    waiting_declines::delete_before(db, ended).await?;
    merge_ended::delete_before(db, ended).await?;
    phoned::forget_numbers(db, now).await?;
    // Bookings stay; seats of past days are not needed any more.
    reservations::delete_before(db, engine.local_date(old)).await?;
    delete_entries(engine).await?;
    forget_draws(engine).await
}
