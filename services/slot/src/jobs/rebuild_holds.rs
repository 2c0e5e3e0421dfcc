//! Loads the holds from the database when they are lost: at the first start, after Redis lost its
//! memory, and after a failover to a server that may know less. Until then slots cannot be held; no
//! booking is in danger.

use std::{sync::Arc, time::Duration};

use booking::Reservation;
use jiff::{Timestamp, civil::Date};
use telemetry::Part;

use crate::{
    app::{AppError, Engine, person_history},
    holds::Rebuild,
    store::{entitlements, history, queries::Occupancy},
};

/// How often the holds are checked. Short, since slots cannot be held while they are lost.
const POLL_INTERVAL: Duration = Duration::from_secs(1);
/// How soon they are checked again at the earliest: while nothing is known yet, and after somebody
/// ran into their loss.
const SHORTEST_INTERVAL: Duration = Duration::from_millis(250);
/// People that are read at once.
const PAGE_SIZE: u64 = 5_000;

/// Rebuilds for ever.
pub async fn run(engine: Arc<Engine>, readiness: Part) {
    let mut working = true;
    loop {
        match rebuild_if_lost(&engine).await {
            Ok(rebuilt) => {
                if engine.availability.is_loaded() {
                    readiness.ready();
                }
                if let Some(reservations) = rebuilt {
                    tracing::info!(reservations, "the holds were loaded from the database");
                }
                working = true;
            }
            // A service that was ready stays so: without holds it still confirms, cancels and
            // shows, and taking it off the network would end that as well.
            Err(error) => {
                if working {
                    tracing::warn!(%error, "cannot reach or load the holds; slots cannot be held until this works");
                }
                working = false;
            }
        }
        tokio::time::sleep(SHORTEST_INTERVAL).await;
        if engine.availability.is_loaded() {
            let rest = POLL_INTERVAL.saturating_sub(SHORTEST_INTERVAL);
            // Either way it is time to look.
            let _ = tokio::time::timeout(rest, engine.holds.loss()).await;
        }
    }
}

/// How many reservations were loaded, if it was necessary.
async fn rebuild_if_lost(engine: &Engine) -> Result<Option<usize>, AppError> {
    let Some(rebuild) = engine.holds.begin_rebuild().await? else { return Ok(None) };
    let loaded = load_reservations(engine, &rebuild).await?;
    load_history(engine, &rebuild).await?;
    load_entitled(engine, &rebuild).await?;
    engine.holds.finish_rebuild(rebuild).await?;
    Ok(Some(loaded))
}

/// Date by date, so that they are never all in memory. While the holds take one, the database is
/// asked for the next.
async fn load_reservations(engine: &Engine, rebuild: &Rebuild) -> Result<usize, AppError> {
    let today = engine.local_date(engine.now());
    let on_today = Occupancy::on(today).read(engine.database.connection()).await?;
    let (mut next, mut loaded) = (Some((today, on_today)), 0);
    while let Some((date, reservations)) = next {
        let (done, following) =
            tokio::join!(engine.holds.load(rebuild, &reservations), read_after(engine, date));
        done?;
        loaded += reservations.len();
        next = following?;
    }
    Ok(loaded)
}

/// The next date on which something is reserved, and what.
async fn read_after(
    engine: &Engine,
    date: Date,
) -> Result<Option<(Date, Vec<Reservation>)>, AppError> {
    let db = engine.database.connection();
    let Some(next) = Occupancy::next_date(db, date).await? else { return Ok(None) };
    Ok(Some((next, Occupancy::on(next).read(db).await?)))
}

async fn load_history(engine: &Engine, rebuild: &Rebuild) -> Result<(), AppError> {
    let (db, window) = (engine.database.connection(), person_history::window(engine));
    let since = engine.now().saturating_sub(window).unwrap_or(Timestamp::MIN);
    let mut after = None;
    loop {
        let people = history::people(db, since, after, PAGE_SIZE).await?;
        let Some((last, _)) = people.last() else { return Ok(()) };
        after = Some(*last);
        let people: Vec<_> = people
            .iter()
            .map(|(person, at)| (*person, at.saturating_add(window).unwrap_or(Timestamp::MAX)))
            .collect();
        engine.holds.load_history(rebuild, &people).await?;
    }
}

async fn load_entitled(engine: &Engine, rebuild: &Rebuild) -> Result<(), AppError> {
    let (db, now) = (engine.database.connection(), engine.now());
    let mut after = None;
    loop {
        let people = entitlements::people(db, now, after, PAGE_SIZE).await?;
        let Some((last, ..)) = people.last() else { return Ok(()) };
        after = Some(*last);
        let people: Vec<_> =
            people.into_iter().map(|(_, who, what, until)| (who, what, until)).collect();
        engine.holds.load_entitled(rebuild, &people).await?;
    }
}
