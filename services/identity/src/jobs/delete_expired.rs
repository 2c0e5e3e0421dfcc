//! Deletes what has expired: log-ins, sessions, codes, tokens, and evidence of inactive people.

use std::{sync::Arc, time::Duration};

use ::store::StoreError;
use jiff::SignedDuration;

use crate::{
    app::{Context, draws::forget_holders},
    store::{
        attempts, codes, email_claims, ended_tokens, evidence, pushed_requests, refresh_tokens,
        sessions, ticket_draws, used_once,
    },
};

const PAUSE: Duration = Duration::from_mins(5);
/// An unproven address, with the count of codes sent there.
const CLAIM_AGE: SignedDuration = SignedDuration::from_hours(48);
/// A log-in of a pushed request lasts no longer.
const ATTEMPT_AGE: SignedDuration = SignedDuration::from_mins(30);
const CLOCK_SKEW: SignedDuration = SignedDuration::from_secs(60);
/// How long evidence is kept after the person's last log-in or visit. Longer than any appointment
/// lies ahead, so that the name on a booking stays known.
const EVIDENCE_AGE: SignedDuration = SignedDuration::from_hours(24 * 400);

/// How long it stays known how many tickets a draw had. Its proof says so for ever.
const DRAW_AGE: SignedDuration = SignedDuration::from_hours(24 * 400);

pub(crate) async fn run(context: Arc<Context>) {
    loop {
        tokio::time::sleep(PAUSE).await;
        if let Err(error) = delete_expired(&context).await {
            tracing::warn!(%error, "cannot delete expired rows; tried again at the next run");
        }
    }
}

async fn delete_expired(context: &Context) -> Result<(), StoreError> {
    let (db, now) = (context.database.connection(), context.now());
    // Clocks of readers of the revocation list may be behind.
    let a_moment_ago = now.checked_sub(CLOCK_SKEW).unwrap_or(now);
    let attempts = attempts::delete_expired(db, now).await?;
    let codes = codes::delete_expired(db, now).await?;
    let tokens = refresh_tokens::delete_expired(db, now).await?;
    let sessions = sessions::delete_expired(db, a_moment_ago).await?;
    used_once::delete_expired(db, now).await?;
    let token_life = SignedDuration::from_mins(i64::from(context.session.token_minutes));
    if let Ok(expired) = a_moment_ago.checked_sub(token_life) {
        ended_tokens::delete_older(db, expired).await?;
    }
    if let Ok(before_any_attempt) = now.checked_sub(ATTEMPT_AGE) {
        pushed_requests::delete_expired(db, before_any_attempt).await?;
    }
    if let Ok(long_ago) = now.checked_sub(CLAIM_AGE) {
        email_claims::delete_older(db, long_ago).await?;
    }
    if let Ok(long_ago) = now.checked_sub(EVIDENCE_AGE) {
        evidence::delete_older(db, long_ago).await?;
    }
    forget_holders(context).await?;
    if let Ok(long_ago) = now.checked_sub(DRAW_AGE) {
        ticket_draws::delete_older(db, long_ago).await?;
    }
    tracing::debug!(attempts, codes, tokens, sessions, "expired rows deleted");
    Ok(())
}
