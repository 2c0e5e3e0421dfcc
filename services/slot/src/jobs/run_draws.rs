//! Announces draws, closes them and brings them to their end. Ends seats that winners did not confirm.

use std::{sync::Arc, time::Duration};

use cluster::Leadership;
use telemetry::Gauge;

use super::turns::Turns;
use crate::app::{
    Engine,
    draws::{
        end_seats::end_seats,
        open_draw::{is_draw_due, open_draws},
        settle_draw::{settle_draws, unfinished_draws},
    },
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
        let looks = until_announcing == 0;
        until_announcing = if looks { ANNOUNCE_EVERY - 1 } else { until_announcing - 1 };
        let turn = turns.take().await;
        let is_due = if looks { is_draw_due(&engine).await } else { Ok(false) };
        let unended = match end_seats(&engine, term).await {
            Ok(failed) => failed,
            Err(error) => {
                tracing::warn!(%error, "seats of winners do not end; it is tried again");
                1
            }
        };
        let unfinished = unfinished_draws(&engine).await;
        // What follows may ask the beacon and identity: no neighbour waits for these.
        drop(turn);
        let opened = match is_due {
            Ok(true) => open_draws(&engine, term).await,
            other => other.map(drop),
        };
        if let Err(error) = opened {
            tracing::warn!(%error, "draws that are due cannot be announced; it is tried again");
        }
        match unfinished {
            Ok(draws) => drop(stuck.set(settle_draws(&engine, draws, term).await + unended)),
            Err(error) => tracing::warn!(%error, "the draws cannot be read; it is tried again"),
        }
    }
}
