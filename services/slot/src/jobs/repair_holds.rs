//! Compares the holds with the database and puts right what came apart: days that a use case
//! reported at once, and all days for ever, each within [`ROUND`].
//!
//! So whatever gets lost on its way (a process that died after a commit, a Redis that came back
//! older than it was, rows of the database undone by a restore, another version's messages) heals
//! without anybody asking. The round is led by one process.
//!
//! A round reads the database date by date. A day on which it has what it had when the day was last
//! found to be right, and to which nothing durable happened in the holds since, is right
//! ([`differing`](crate::holds::Holds::differing)); every other day is compared in full.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use cluster::Leadership;
use ids::LocationId;
use jiff::civil::Date;
use tokio::{sync::mpsc::UnboundedReceiver, time::Instant};

use super::turns::Turns;
use crate::{
    app::{AppError, Engine, carry_holds::carry_holds},
    holds::{DayDigest, Reconciled},
    store::queries::{Occupancy, UnseatedOn},
};

/// Within this time every day is compared once.
const ROUND: Duration = Duration::from_secs(240);
/// The pause between two dates of a round at most.
const MAX_PAUSE: Duration = Duration::from_secs(2);
/// Pause after a day that was compared in full.
const BETWEEN: Duration = Duration::from_millis(20);
/// Pause between two tries on a day that changes all the time.
const PAUSE: Duration = Duration::from_millis(50);
/// How often a day that changed meanwhile is tried again at once.
const TRIES: u32 = 10;
/// After a failure a day is tried again by then; other days come first.
const RETRY: Duration = Duration::from_secs(5);

type Day = (LocationId, Date);

/// Repairs the days that are reported, for ever.
pub async fn reported(engine: Arc<Engine>, mut reported: UnboundedReceiver<Day>) {
    let mut failed: Vec<(Instant, Day)> = Vec::new();
    loop {
        let mut days: BTreeSet<Day> = BTreeSet::new();
        tokio::select! {
            day = reported.recv() => match day {
                Some(day) => drop(days.insert(day)),
                None => return,
            },
            () = tokio::time::sleep(RETRY), if !failed.is_empty() => {}
        }
        while let Ok(day) = reported.try_recv() {
            days.insert(day);
        }
        let due = Instant::now();
        days.extend(failed.extract_if(.., |(at, _)| *at <= due).map(|(_, day)| day));
        for day in days {
            if let Err(error) = repair(&engine, &day).await {
                tracing::warn!(
                    %error, location = %day.0, date = %day.1,
                    "cannot compare a reported day with the database; tried again in a moment"
                );
                failed.push((Instant::now() + RETRY, day));
            }
        }
    }
}

/// Compares all days, for ever, while this process leads.
pub async fn sweep(engine: Arc<Engine>, leadership: Leadership, turns: Turns) {
    loop {
        let began = Instant::now();
        if leadership.term().is_some() {
            if let Err(error) = carry_holds(&engine, &engine.catalogue()).await {
                tracing::debug!(%error, "what is held at renamed locations is not moved now");
            }
            match all_days(&engine).await {
                Ok(days) => compare(&engine, &turns, days).await,
                Err(error) => {
                    tracing::warn!(%error, "cannot list the days to compare; this round is skipped");
                }
            }
        }
        tokio::time::sleep_until(began + ROUND / 8).await;
    }
}

/// Spreads the dates over most of the round to keep the load low.
async fn compare(engine: &Engine, turns: &Turns, days: BTreeSet<Day>) {
    let mut dates = BTreeMap::<Date, BTreeSet<LocationId>>::new();
    for (location, date) in days {
        dates.entry(date).or_default().insert(location);
    }
    let count = u32::try_from(dates.len()).unwrap_or(u32::MAX).max(1);
    let pause = (ROUND * 3 / 4 / count).min(MAX_PAUSE);
    for (date, locations) in dates {
        let turn = turns.take().await;
        let differing = differing(engine, date, &locations).await;
        if let Err(error) = report_unseated(engine, date, &locations).await {
            tracing::debug!(%error, "it is not known whether each booking has its seat");
        }
        drop(turn);
        match differing {
            Ok(days) => compare_in_full(engine, &days).await,
            Err(error) => tracing::warn!(
                %error, %date,
                "cannot compare a date with the database; the next round tries again"
            ),
        }
        tokio::time::sleep(pause).await;
    }
}

/// The days of a date that may not be as the database says.
async fn differing(
    engine: &Engine,
    date: Date,
    locations: &BTreeSet<LocationId>,
) -> Result<Vec<Day>, AppError> {
    let mut digests: BTreeMap<_, _> =
        locations.iter().map(|location| (location.clone(), DayDigest::default())).collect();
    let reservations = Occupancy::on(date).read(engine.database.connection()).await?;
    for some in reservations.chunk_by(|one, other| one.seat.location == other.seat.location) {
        digests.insert(some[0].seat.location.clone(), DayDigest::of(some));
    }
    let days: Vec<_> =
        digests.into_iter().map(|(location, digest)| ((location, date), digest)).collect();
    Ok(engine.holds.differing(&days).await?)
}

async fn compare_in_full(engine: &Engine, days: &[Day]) {
    for day in days {
        match repair(engine, day).await {
            Ok(Reconciled::Corrected) => tracing::warn!(
                location = %day.0, date = %day.1,
                "the holds differed from the database on this day and were corrected"
            ),
            Ok(Reconciled::AsExpected | Reconciled::Changed) => {}
            Err(error) => tracing::warn!(
                %error, location = %day.0, date = %day.1,
                "cannot compare a day with the database; the next round tries again"
            ),
        }
        tokio::time::sleep(BETWEEN).await;
    }
}

/// A booking that keeps no seat can be sold twice, and only a person can put that right.
async fn report_unseated(
    engine: &Engine,
    date: Date,
    locations: &BTreeSet<LocationId>,
) -> Result<(), AppError> {
    let unseated = UnseatedOn { date, locations }.read(engine.database.connection()).await?;
    for (location, booking) in unseated {
        tracing::error!(
            %booking, %location, %date,
            "this booking has no seat in the database, and somebody else may get its time: cancel it \
             at the front desk and book its person another one, or restore its row in `reservations`"
        );
    }
    Ok(())
}

/// The days from today on of which the database or the holds know something.
async fn all_days(engine: &Engine) -> Result<BTreeSet<Day>, AppError> {
    let today = engine.local_date(engine.now());
    let mut days = Occupancy::days_since(engine.database.connection(), today).await?;
    let known = engine.holds.known_days().await?;
    days.extend(known.into_iter().filter(|(_, date)| *date >= today));
    Ok(days)
}

/// Compares one day, and puts it right.
///
/// # Errors
/// The holds or the database do not answer.
pub async fn repair(engine: &Engine, (location, date): &Day) -> Result<Reconciled, AppError> {
    for _ in 0..TRIES {
        // The version first, the reservations after it: a day that changes in between is read
        // again.
        let version = engine.holds.day_version(location, *date).await?;
        let occupancy = Occupancy::of_day(location.clone(), *date);
        let reservations = occupancy.read(engine.database.connection()).await?;
        match engine.holds.reconcile(&version, &reservations).await? {
            Reconciled::Changed => tokio::time::sleep(PAUSE).await,
            done => return Ok(done),
        }
    }
    // A day that keeps changing is reported by the use cases that change it.
    Ok(Reconciled::Changed)
}
