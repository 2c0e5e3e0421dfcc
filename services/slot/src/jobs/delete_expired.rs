//! Deletes expired rows.

use std::{sync::Arc, time::Duration};

use cluster::Leadership;
use jiff::{SignedDuration, Timestamp};

use crate::{
    app::{Engine, log::forget_draws::forget_draws, person_history},
    store::{
        StoreResult, claim_tries, desk_cases, history, idempotency, merge_moves, reservations,
        staff_counts, waiting_entries, waiting_offers,
    },
};

const EVERY: Duration = Duration::from_secs(60);
/// For how long a repeated request gets the same answer.
const ANSWERS: SignedDuration = SignedDuration::from_hours(24);

/// How long counts per member of staff serve against abuse.
const STAFF_COUNTS: SignedDuration = SignedDuration::from_hours(24 * 90);

/// How long a person can see what became of their place in a waiting list.
const ENDED_PLACES: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Deletes for ever, while this process leads. There is no fence: deleting twice is harmless.
pub async fn run(engine: Arc<Engine>, leadership: Leadership) {
    loop {
        if leadership.term().is_some() {
            if let Err(error) = delete_expired(&engine).await {
                tracing::warn!(%error, "cannot delete expired rows; tried again in a minute");
            }
            if let Err(error) = forget_draws(&engine).await {
                tracing::warn!(%error, "cannot delete past draws; tried again in a minute");
            }
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn delete_expired(engine: &Engine) -> StoreResult<()> {
    let (db, now) = (engine.database.connection(), engine.now());
    let before = now.saturating_sub(person_history::LONGEST_MEMORY).unwrap_or(Timestamp::MIN);
    history::delete_before(db, before).await?;
    merge_moves::delete_before(db, before).await?;
    let old = now.saturating_sub(ANSWERS).unwrap_or(Timestamp::MIN);
    idempotency::delete_before(db, old).await?;
    claim_tries::delete_before(db, engine.local_date(old)).await?;
    desk_cases::delete_before(db, old).await?;
    let long_ago = now.saturating_sub(STAFF_COUNTS).unwrap_or(Timestamp::MIN);
    staff_counts::delete_before(db, engine.local_date(long_ago)).await?;
    let ended = now.saturating_sub(ENDED_PLACES).unwrap_or(Timestamp::MIN);
    waiting_offers::delete_before(db, ended).await?;
    waiting_entries::delete_before(db, ended).await?;
    // Bookings stay; seats of past days are not needed any more.
    reservations::delete_before(db, engine.local_date(old)).await?;
    Ok(())
}
