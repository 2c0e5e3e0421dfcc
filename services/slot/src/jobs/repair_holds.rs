//! Puts days right on which the holds may have come apart from the database: those that a use case
//! reported, and at the start of a process all of them, since it may have died in between.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use ids::LocationId;
use jiff::civil::Date;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::{
    app::{AppError, Engine},
    holds::Reconciled,
    store::queries::Occupancy,
};

/// Pause after a failure, and between two tries on a day that changes all the time.
const PAUSE: Duration = Duration::from_millis(500);
/// How often a day that changed meanwhile is tried again at once.
const TRIES: u32 = 10;

type Day = (LocationId, Date);

/// Repairs for ever.
pub async fn run(engine: Arc<Engine>, mut reported: UnboundedReceiver<Day>) {
    let mut days = all_days(&engine).await;
    loop {
        if days.is_empty() {
            let Some(day) = reported.recv().await else { return };
            days.insert(day);
        }
        while let Ok(day) = reported.try_recv() {
            days.insert(day);
        }
        let Some(day) = days.pop_first() else { continue };
        if let Err(error) = repair(&engine, &day).await {
            tracing::warn!(%error, location = %day.0, date = %day.1, "a day cannot be repaired yet");
            days.insert(day);
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// The days from today on that have bookings.
async fn all_days(engine: &Engine) -> BTreeSet<Day> {
    loop {
        let now = engine.now();
        let occupancy = Occupancy::since(engine.local_date(now), now);
        match occupancy.read(engine.database.connection()).await {
            Ok(claims) => {
                return claims
                    .into_iter()
                    .map(|claim| (claim.seat.location, claim.seat.date))
                    .collect();
            }
            Err(error) => {
                tracing::warn!(%error, "bookings cannot be read");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

async fn repair(engine: &Engine, (location, date): &Day) -> Result<(), AppError> {
    for _ in 0..TRIES {
        // The version first, the claims after it: a day that changes in between is read again.
        let version = engine.holds.day_version(location, *date).await?;
        let occupancy = Occupancy::of_day(location.clone(), *date, engine.now());
        let claims = occupancy.read(engine.database.connection()).await?;
        if engine.holds.reconcile(&version, &claims).await? == Reconciled::Done {
            return Ok(());
        }
    }
    Err(AppError::Unavailable("the day changes all the time".into()))
}
