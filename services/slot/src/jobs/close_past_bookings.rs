//! Closes bookings that stayed open at the desk.

use std::{sync::Arc, time::Duration};

use cluster::Leadership;

use crate::app::{Engine, close_past_bookings::close_past_bookings};

const EVERY: Duration = Duration::from_secs(600);

/// Closes for ever, while this process leads.
pub async fn run(engine: Arc<Engine>, mut leadership: Leadership) {
    let mut last = None;
    loop {
        if let Some(term) = leadership.term() {
            last = Some(term);
            if let Err(error) = close_past_bookings(&engine, term).await {
                tracing::warn!(%error, "cannot close past bookings; their persons cannot book again until this works");
            }
        }
        // A new leader looks at once: the one before may have died in the middle.
        tokio::select! {
            _ = leadership.term_after(last) => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}
