//! Announces draws, closes them and brings them to their end. Ends seats that winners did not confirm.

use std::{sync::Arc, time::Duration};

use cluster::Leadership;
use telemetry::Gauge;

use super::turns::Turns;
use crate::app::{
    Engine,
    draws::{end_seats::end_seats, open_draw::open_draws, settle_draw::settle_draws},
};

/// How often it is looked what can go on.
const TICK: Duration = Duration::from_secs(1);
/// How many ticks pass between two looks for draws to announce.
const ANNOUNCE_EVERY: u32 = 15;

/// Runs draws for ever, while this process leads.
pub async fn run(engine: Arc<Engine>, leadership: Leadership, turns: Turns, stuck: Gauge) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut until_announcing = 0;
    loop {
        ticks.tick().await;
        let Some(term) = leadership.term() else {
            // A new leader looks at once.
            until_announcing = 0;
            stuck.set(0);
            continue;
        };
        let _turn = turns.take().await;
        if until_announcing == 0 {
            until_announcing = ANNOUNCE_EVERY;
            if let Err(error) = open_draws(&engine, term).await {
                tracing::warn!(%error, "draws that are due cannot be announced; it is tried again");
            }
        }
        until_announcing -= 1;
        let unended = match end_seats(&engine, term).await {
            Ok(failed) => failed,
            Err(error) => {
                tracing::warn!(%error, "seats of winners do not end; it is tried again");
                1
            }
        };
        match settle_draws(&engine, term).await {
            Ok(failed) => drop(stuck.set(failed + unended)),
            Err(error) => tracing::warn!(%error, "the draws cannot be read; it is tried again"),
        }
    }
}
