//! Goes down the waiting lists: what is free is offered, what is due ends.

use std::{sync::Arc, time::Duration};

use cluster::{Leadership, Term};
use telemetry::{Counter, Gauge, Metrics};

use super::turns::Turns;
use crate::app::{
    AppError, Engine,
    assigned_dates::end_dates::end_dates,
    waiting_list::{
        end_offers::end_offers,
        follow_lists::follow_lists,
        make_offers::{Look, backlog, make_offers},
        stand_by::end_past_days,
    },
};

/// How often it is looked at seats that were given up.
const TICK: Duration = Duration::from_secs(1);
/// How many ticks pass between two looks at whatever else is free.
const LOOK_AROUND_EVERY: u32 = 10;

/// What operators see.
#[derive(Debug)]
pub struct Numbers {
    made: Counter,
    lapsed: Counter,
    people: Gauge,
    oldest: Gauge,
    failed: Gauge,
}

impl Numbers {
    /// Registers them.
    #[must_use]
    pub fn of(metrics: &Metrics) -> Self {
        let oldest = "How many seconds the first in a waiting list waits; 0 if nobody does or another process leads";
        Self {
            made: metrics.counter("waiting_list_offers", "Seats offered to people who wait"),
            lapsed: metrics.counter("waiting_list_lapsed", "Offers that nobody answered in time"),
            people: metrics.gauge("waiting_list_people", "People in line in all waiting lists"),
            oldest: metrics.gauge("waiting_list_oldest_seconds", oldest),
            failed: metrics.gauge(
                "waiting_list_stuck",
                "Steps of the waiting lists and of assigned dates that failed in the last look; 0 if another process leads",
            ),
        }
    }
}

/// Runs the lists for ever, while this process leads.
pub async fn run(engine: Arc<Engine>, leadership: Leadership, turns: Turns, numbers: Numbers) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let (mut until_looking_around, mut failed_around) = (0, 0);
    loop {
        ticks.tick().await;
        let Some(term) = leadership.term() else {
            // A new leader looks around at once.
            (until_looking_around, failed_around) = (0, 0);
            for gauge in [&numbers.people, &numbers.oldest, &numbers.failed] {
                gauge.set(0);
            }
            continue;
        };
        // Without the occupancy everything would look free.
        let around = until_looking_around == 0 && engine.availability.is_loaded();
        until_looking_around =
            if around { LOOK_AROUND_EVERY } else { until_looking_around.saturating_sub(1) };
        let _turn = turns.take().await;
        match tick(&engine, term, around, &numbers).await {
            Ok(failed) => {
                // What failed when it last looked around counts until it does so again.
                failed_around = failed.around.unwrap_or(failed_around);
                numbers.failed.set(failed.now + failed_around);
            }
            Err(error) => {
                numbers.failed.set(1);
                tracing::warn!(%error, "the waiting lists do not go on; it is tried again");
            }
        }
    }
}

/// How much did not go on; the rest did.
struct Failed {
    /// Of what is due each second.
    now: i64,
    /// Of what is looked at more rarely, if it was this time.
    around: Option<i64>,
}

/// What ended first, so that its seats are offered again at once.
async fn tick(
    engine: &Engine,
    term: Term,
    around: bool,
    numbers: &Numbers,
) -> Result<Failed, AppError> {
    let mut failed = Failed { now: 0, around: None };
    if around {
        let unfollowed = follow_lists(engine, term).await?;
        failed.around = Some(unfollowed + end_past_days(engine, term).await?);
    }
    failed.now += end_dates(engine, term).await?;
    let ended = end_offers(engine, term).await?;
    failed.now += ended.failed;
    numbers.lapsed.inc_by(ended.lapsed);
    let look = if around { Look::Everything } else { Look::Kept };
    numbers.made.inc_by(make_offers(engine, term, look).await?);
    if around {
        let (people, since) = backlog(engine).await?;
        let waits = since.map_or(0, |since| engine.now().duration_since(since).as_secs().max(0));
        numbers.people.set(i64::try_from(people).unwrap_or(i64::MAX));
        numbers.oldest.set(waits);
    }
    Ok(failed)
}
