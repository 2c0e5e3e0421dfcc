//! Compares the holds with the database and puts right what came apart: days that a use case
//! reported at once, and all days for ever, each within [`ROUND`].
//!
//! So whatever gets lost on its way (a process that died after a commit, a Redis that came back
//! older than it was, rows of the database undone by a restore, another version's messages) heals
//! without anybody asking. The round is led by one process.
//!
//! A round reads the database date by date. A day on which it has what it had when the day was last
//! found to be right, and to which nothing durable happened in the holds since, is right
//! ([`differing`](crate::holds::Holds::differing)); every other day is compared in full. So is, in turn, a
//! share of those that are right, since not all that is kept of a day shows in that.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash as _, Hasher as _},
    ops::RangeInclusive,
    sync::Arc,
    time::Duration,
};

use cluster::Leadership;
use ids::LocationId;
use jiff::{Timestamp, civil::Date};
use tokio::{sync::mpsc::UnboundedReceiver, time::Instant};

use super::turns::Turns;
use crate::{
    app::{AppError, Engine, carry_holds::carry_holds},
    holds::{DayDigest, Reconciled},
    store::queries::{Occupancy, UnseatedOn},
};

/// Within this time every day is compared once.
const ROUND: Duration = Duration::from_secs(240);
/// From one date of a round to the next, at most.
const MAX_PAUSE: Duration = Duration::from_secs(2);
/// So many shares make up all days, each of which is compared in full in its turn, one share each [`ROUND`]:
/// every day within a day. What the server threw away and no digest shows (what a person has, the lists of what
/// ends) heals then. A hundred offices with sixty days cost a command a second, and one more for each fifteen
/// bookings of a day.
const SHARES: i64 = 360;
/// Pause after a day that was compared in full, at most.
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
    let mut shares = Shares::default();
    loop {
        let began = Instant::now();
        if leadership.term().is_some() {
            if let Err(error) = carry_holds(&engine, &engine.catalogue()).await {
                tracing::debug!(%error, "what is held at renamed locations is not moved now");
            }
            if let Err(error) = round(&engine, &turns, &mut shares).await {
                tracing::warn!(%error, "cannot list the days to compare; this round is skipped");
            }
        }
        tokio::time::sleep_until(began + ROUND / 8).await;
    }
}

/// One round: every day by its digest, and in full those whose share is due; all of them in full once the
/// list of what returns was lost.
async fn round(engine: &Engine, turns: &Turns, shares: &mut Shares) -> Result<(), AppError> {
    let is_whole = engine.holds.returning_is_whole().await?;
    let days = all_days(engine).await?;
    if is_whole {
        let due = shares.due(engine.now());
        compare(engine, turns, days, |day| due.clone().any(|share| is_in(share, day))).await;
        return Ok(());
    }
    tracing::warn!("it is not known any more which seats return; all days are compared in full");
    if compare(engine, turns, days, |_| true).await {
        engine.holds.returning_was_made_whole().await?;
    }
    Ok(())
}

/// Which shares of the days are due. One is each [`ROUND`], by the clock, so that another leader goes on
/// where this one stopped.
#[derive(Debug, Default)]
struct Shares {
    next: Option<i64>,
}

impl Shares {
    fn due(&mut self, now: Timestamp) -> RangeInclusive<i64> {
        let present = now.as_second() / i64::try_from(ROUND.as_secs()).unwrap_or(i64::MAX);
        let first = self.next.unwrap_or(present).max(present - SHARES + 1);
        self.next = Some(present + 1);
        first..=present
    }
}

/// Whether a day is in a share.
fn is_in(share: i64, day: &Day) -> bool {
    let mut hasher = DefaultHasher::new();
    day.hash(&mut hasher);
    hasher.finish() % SHARES.unsigned_abs() == share.rem_euclid(SHARES).unsigned_abs()
}

/// Spreads the dates over most of the round to keep the load low. Compares in full what may differ, and what
/// is `due`. Whether all of that was compared.
async fn compare(
    engine: &Engine,
    turns: &Turns,
    days: BTreeSet<Day>,
    due: impl Fn(&Day) -> bool,
) -> bool {
    let mut dates = BTreeMap::<Date, BTreeSet<LocationId>>::new();
    for (location, date) in days {
        dates.entry(date).or_default().insert(location);
    }
    let time = time_for_each(dates.len());
    let mut all = true;
    for (date, locations) in dates {
        let began = Instant::now();
        let turn = turns.take().await;
        let differing = differing(engine, date, &locations).await;
        if let Err(error) = report_unseated(engine, date, &locations).await {
            tracing::debug!(%error, "it is not known whether each booking has its seat");
        }
        drop(turn);
        match differing {
            Ok(days) => {
                let mut days: BTreeSet<Day> = days.into_iter().collect();
                let here = locations.into_iter().map(|location| (location, date));
                days.extend(here.filter(&due));
                all &= compare_in_full(engine, &days, between(time, days.len())).await;
            }
            Err(error) => {
                all = false;
                tracing::warn!(
                    %error, %date,
                    "cannot compare a date with the database; the next round tries again"
                );
            }
        }
        tokio::time::sleep_until(began + time).await;
    }
    all
}

/// How long a round takes for each of so many dates, if that is long enough.
fn time_for_each(dates: usize) -> Duration {
    let dates = u32::try_from(dates).unwrap_or(u32::MAX).max(1);
    (ROUND * 3 / 4 / dates).min(MAX_PAUSE)
}

/// The pause after each of so many days that are compared in full in this time: a quarter of it at most in all,
/// so that a round in which everything is uncertain ends in time.
fn between(time: Duration, days: usize) -> Duration {
    let days = u32::try_from(days).unwrap_or(u32::MAX).max(1);
    (time / 4 / days).min(BETWEEN)
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

/// Whether all were compared.
async fn compare_in_full(engine: &Engine, days: &BTreeSet<Day>, pause: Duration) -> bool {
    let mut all = true;
    for day in days {
        match repair(engine, day).await {
            Ok(Reconciled::Corrected) => tracing::warn!(
                location = %day.0, date = %day.1,
                "the holds differed from the database on this day and were corrected"
            ),
            Ok(Reconciled::AsExpected) => {}
            Ok(Reconciled::Changed) => all = false,
            Err(error) => {
                all = false;
                tracing::warn!(
                    %error, location = %day.0, date = %day.1,
                    "cannot compare a day with the database; the next round tries again"
                );
            }
        }
        tokio::time::sleep(pause).await;
    }
    all
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_compared_in_full_within_a_day_whoever_leads() {
        let days: Vec<Day> = (0..200)
            .map(|place| (format!("place-{place}").parse().unwrap(), "2031-03-03".parse().unwrap()))
            .collect();
        let mut now: Timestamp = "2031-03-03T08:00:00Z".parse().unwrap();
        let (mut shares, mut seen, mut times) = (Shares::default(), BTreeSet::new(), 0);
        for round in 0..SHARES {
            if round % 50 == 49 {
                // Another process leads.
                shares = Shares::default();
            }
            // Half of a round, and some that take longer than they should.
            for part in [0, 120] {
                let at = now + jiff::SignedDuration::from_secs(part);
                if round % 7 == 3 && round % 50 < 40 {
                    continue;
                }
                let due = shares.due(at);
                let here = days.iter().filter(|day| due.clone().any(|share| is_in(share, day)));
                for day in here {
                    seen.insert(day.clone());
                    times += 1;
                }
            }
            now += jiff::SignedDuration::from_secs(240);
        }
        assert_eq!(seen.len(), days.len());
        assert_eq!(times, days.len(), "and not twice");
    }

    #[test]
    fn a_round_in_which_everything_is_uncertain_ends_in_time() {
        for (dates, places) in [(1, 1), (60, 100), (90, 100), (400, 300)] {
            let time = time_for_each(dates);
            let pauses = between(time, places) * u32::try_from(places * dates).unwrap();
            assert!(pauses <= ROUND / 4, "{dates} dates: {pauses:?}");
            assert!(time * u32::try_from(dates).unwrap() <= ROUND * 3 / 4);
        }
    }
}
