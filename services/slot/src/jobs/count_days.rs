//! Counts days that are over, so that statistics are read instead of counted.

use std::{sync::Arc, time::Duration};

use cluster::Leadership;

use crate::app::{Engine, count_days::catch_up};

/// How soon after midnight the day before is counted, at the latest.
const EVERY: Duration = Duration::from_secs(60);

/// Counts for ever, while this process leads. There is no fence: a day that two processes count is
/// the same, and the later count stays.
pub async fn run(engine: Arc<Engine>, leadership: Leadership) {
    let mut counted_on = None;
    loop {
        // First of all a process that starts has other things to do.
        tokio::time::sleep(EVERY).await;
        let today = engine.local_date(engine.now());
        if leadership.term().is_some() && counted_on != Some(today) {
            match catch_up(&engine).await {
                Ok(()) => counted_on = Some(today),
                Err(error) => {
                    tracing::warn!(%error, "cannot count days for the statistics; tried again in a minute, and whoever asks waits for the count");
                }
            }
        }
    }
}
