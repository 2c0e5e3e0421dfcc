//! Shares refused asks between replicas for the back-off: at most a second late, which is a look for
//! what was refused here and one for what others reported.

use std::{sync::Arc, time::Duration};

use crate::{
    app::Engine,
    holds::{HoldsError, RefusalCursor},
};

/// How often what was refused here is reported. It costs nothing while nothing is.
const EVERY: Duration = Duration::from_millis(250);
/// How many such looks pass between two at what others reported.
const LEARN_EVERY: u32 = 3;

/// Shares for ever.
pub async fn run(engine: Arc<Engine>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let (mut cursor, mut working, mut until_learning) = (RefusalCursor::default(), true, 0);
    loop {
        ticks.tick().await;
        let learns = until_learning == 0;
        until_learning = if learns { LEARN_EVERY - 1 } else { until_learning - 1 };
        match share(&engine, learns.then_some(&mut cursor)).await {
            Ok(()) => working = true,
            Err(error) => {
                if working {
                    tracing::warn!(%error, "cannot share refused asks; the back-off counts per replica until the holds answer");
                }
                working = false;
            }
        }
        if learns {
            engine.asks.evict_expired(engine.now());
        }
    }
}

/// Reports once, and learns what was reported since the cursor, if there is one. Unreported asks are
/// lost for the other replicas if the holds do not answer.
async fn share(engine: &Engine, cursor: Option<&mut RefusalCursor>) -> Result<(), HoldsError> {
    let refusals = engine.asks.take_unreported();
    if !refusals.is_empty() {
        engine.holds.report_refusals(&refusals).await?;
    }
    let Some(cursor) = cursor else { return Ok(()) };
    let (reported, next) = engine.holds.refusals(cursor).await?;
    *cursor = next;
    if !reported.is_empty() {
        engine.asks.learn(&reported, engine.now());
    }
    Ok(())
}
