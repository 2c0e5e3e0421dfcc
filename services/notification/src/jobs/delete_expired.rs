//! Deletes what need not be remembered any longer: proofs of requests that are too old to be sent
//! again (RFC 9449 section 11.1), and requests of agencies whose `Idempotency-Key` is old.

use std::{sync::Arc, time::Duration};

use ambient::Clock;
use jiff::SignedDuration;
use store::{Database, used_once};

use crate::store::webhooks::{answers, replays};

const PAUSE: Duration = Duration::from_mins(5);
/// How long a repeated request is recognised.
const REPEATS: SignedDuration = SignedDuration::from_hours(24);

pub(crate) async fn run(database: Database, clock: Arc<dyn Clock>) {
    loop {
        tokio::time::sleep(PAUSE).await;
        let now = clock.now();
        if let Err(error) = used_once::delete_expired(database.connection(), now).await {
            tracing::warn!(%error, "cannot delete used proofs; tried again at the next run");
        }
        let before = now.saturating_sub(REPEATS).unwrap_or(now);
        if let Err(error) = replays::delete_before(database.connection(), before).await {
            tracing::warn!(%error, "cannot delete old replays; tried again at the next run");
        }
        if let Err(error) = answers::delete_before(database.connection(), before).await {
            tracing::warn!(%error, "cannot delete old answers to agencies; tried again at the next run");
        }
    }
}
