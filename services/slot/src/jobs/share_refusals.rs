//! Shares refused asks between replicas for the back-off: at most a second late, which is a look for
//! what was refused here and one for what others reported.

use std::{sync::Arc, time::Duration};

use crate::{
    app::Engine,
    holds::{HoldsError, RefusalCursor},
};

/// How often what was refused here is reported. It costs nothing while nothing is.
const EVERY: Duration = Duration::from_millis(200);
/// How many such looks pass between two at what others reported. Both pauses together leave a fifth of a second
/// for the way there and back.
const LEARN_EVERY: u32 = 3;

/// Shares for ever.
pub async fn run(engine: Arc<Engine>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let (mut cursor, mut working, mut until_learning) = (RefusalCursor::default(), true, 0);
    loop {
        ticks.tick().await;
        let learns = until_learning == 0;
        let reported = report(&engine).await;
        // Whether or not that worked: what others reported is known all the same.
        let learned = if learns { learn(&engine, &mut cursor).await } else { Ok(()) };
        until_learning = ticks_until_learning(until_learning, learned.is_ok());
        match reported.and(learned) {
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

/// After a look that failed the next one comes at once.
const fn ticks_until_learning(before: u32, worked: bool) -> u32 {
    match (before, worked) {
        (_, false) => 0,
        (0, true) => LEARN_EVERY - 1,
        (_, true) => before - 1,
    }
}

/// Reports what was refused here. It is lost for the other replicas if the holds do not answer.
async fn report(engine: &Engine) -> Result<(), HoldsError> {
    let refusals = engine.asks.take_unreported();
    if refusals.is_empty() {
        return Ok(());
    }
    engine.holds.report_refusals(&refusals).await
}

/// Learns what was reported since the cursor.
async fn learn(engine: &Engine, cursor: &mut RefusalCursor) -> Result<(), HoldsError> {
    let (reported, next) = engine.holds.refusals(cursor).await?;
    *cursor = next;
    if !reported.is_empty() {
        engine.asks.learn(&reported, engine.now());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_elsewhere_is_known_within_a_second_and_a_failure_costs_one_tick() {
        assert!(EVERY + EVERY * LEARN_EVERY < Duration::from_secs(1));
        let mut until = 0;
        let mut looks = 0;
        for _ in 0..30 {
            looks += u32::from(until == 0);
            until = ticks_until_learning(until, true);
        }
        assert_eq!(looks, 30 / LEARN_EVERY);
        assert_eq!(ticks_until_learning(0, false), 0);
    }
}
