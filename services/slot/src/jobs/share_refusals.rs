//! Shares refused asks between replicas for the back-off: at most a second late.

use std::{sync::Arc, time::Duration};

use crate::{
    app::Engine,
    holds::{HoldsError, RefusalCursor},
};

/// How often.
const EVERY: Duration = Duration::from_millis(500);

/// Shares for ever.
pub async fn run(engine: Arc<Engine>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let (mut cursor, mut working) = (RefusalCursor::default(), true);
    loop {
        ticks.tick().await;
        match share(&engine, &mut cursor).await {
            Ok(()) => working = true,
            Err(error) => {
                if working {
                    tracing::warn!(%error, "cannot share refused asks; the back-off counts per replica until the holds answer");
                }
                working = false;
            }
        }
        engine.asks.evict_expired(engine.now());
    }
}

/// Once.
///
/// # Errors
/// The holds do not answer; unreported asks are lost for the other replicas.
pub async fn share(engine: &Engine, cursor: &mut RefusalCursor) -> Result<(), HoldsError> {
    let refusals = engine.asks.take_unreported();
    if !refusals.is_empty() {
        engine.holds.report_refusals(&refusals).await?;
    }
    let (reported, next) = engine.holds.refusals(cursor).await?;
    *cursor = next;
    if !reported.is_empty() {
        engine.asks.learn(&reported, engine.now());
    }
    Ok(())
}
