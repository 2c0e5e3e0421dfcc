//! Announces draws, closes them and brings them to their end. Ends seats that winners did not confirm.

use std::{sync::Arc, time::Duration};

use cluster::{Leadership, Term};
use telemetry::{Gauge, Metrics};

use super::turns::Turns;
use crate::app::{
    AppError, Engine,
    draws::{
        end_seats::end_seats,
        open_draw::{is_draw_due, open_draws},
        settle_draw::{settle_draws, unfinished_draws},
        watch_draws::{overdue, recently_void},
    },
};

/// How often it is looked what can go on.
const TICK: Duration = Duration::from_secs(1);
/// How many ticks pass between two looks for draws to announce.
const ANNOUNCE_EVERY: u32 = 15;

/// What operators see.
#[derive(Debug)]
pub struct Numbers {
    stuck: Gauge,
    unannounced: Gauge,
    overdue: Gauge,
    void: Gauge,
}

impl Numbers {
    /// Registers them.
    #[must_use]
    pub fn of(metrics: &Metrics) -> Self {
        let stuck = "Draws whose next step failed at the last try; 0 if another process leads";
        let unannounced = "Draws that are due and could not be announced at the last try; 0 if another process leads";
        let overdue = "Draws that closed hours ago and are not over; 0 if another process leads";
        let void = "Draws that became void in the last day; 0 if another process leads";
        Self {
            stuck: metrics.gauge("draws_stuck", stuck),
            unannounced: metrics.gauge("draws_unannounced", unannounced),
            overdue: metrics.gauge("draws_overdue", overdue),
            void: metrics.gauge("draws_void", void),
        }
    }

    /// Another process leads and knows them.
    fn forget(&self) {
        for number in [&self.stuck, &self.unannounced, &self.overdue, &self.void] {
            number.set(0);
        }
    }
}

/// Runs draws for ever, while this process leads.
pub async fn run(engine: Arc<Engine>, leadership: Leadership, turns: Turns, numbers: Numbers) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut until_announcing = 0;
    loop {
        ticks.tick().await;
        let Some(term) = leadership.term() else {
            // A new leader looks at once.
            until_announcing = 0;
            numbers.forget();
            continue;
        };
        let looks = until_announcing == 0;
        until_announcing = if looks { ANNOUNCE_EVERY - 1 } else { until_announcing - 1 };
        let turn = turns.take().await;
        let is_due = if looks { Some(is_draw_due(&engine).await) } else { None };
        if looks {
            count_void(&engine, &numbers).await;
        }
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
        if let Some(is_due) = is_due {
            numbers.unannounced.set(announce(&engine, is_due, term).await);
        }
        let stuck = match unfinished {
            Ok(draws) => {
                numbers.overdue.set(overdue(&draws, engine.now()));
                settle_draws(&engine, draws, term).await
            }
            Err(error) => {
                tracing::warn!(%error, "the draws cannot be read; it is tried again");
                1
            }
        };
        numbers.stuck.set(stuck + unended);
    }
}

/// The number stays as it was if the database does not answer, which others say.
async fn count_void(engine: &Engine, numbers: &Numbers) {
    match recently_void(engine).await {
        Ok(many) => {
            numbers.void.set(many);
        }
        Err(error) => {
            tracing::warn!(%error, "it cannot be read which draws are void; it is tried again");
        }
    }
}

/// Announces what is due. How many draws could not be announced, at least.
async fn announce(engine: &Engine, is_due: Result<bool, AppError>, term: Term) -> i64 {
    match is_due {
        Ok(true) => open_draws(engine, term).await,
        Ok(false) => 0,
        Err(error) => {
            tracing::warn!(%error, "it cannot be read which draws are due; it is tried again");
            1
        }
    }
}
