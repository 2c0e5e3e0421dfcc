//! Counts the days that are over for the statistics, and sums up their months.
//!
//! A day is counted soon after midnight in Europe/Berlin, and once on each of the seven days that
//! follow: until then the desk marks who did not come, and open appointments are closed. The last count
//! stays. What is counted is kept in rows; whatever is missing there is counted when it is asked for.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
    time::Duration,
};

use ids::{LocationId, ServiceId};
use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date};
use tokio::sync::Mutex;

use super::{AppError, Engine};
use crate::{
    statistics::{LocationBlock, LocationCounts, LocationDay, MonthBlock, ServiceCounts},
    store::{
        Failure, StoreResult, Transaction, counted_acts,
        queries::{DayCounts, VisitCount, first_day},
        queue_tickets::{self, WalkInCount},
        statistics_days, statistics_months,
    },
};

/// For how many days a day is counted again.
const REFRESH_DAYS: i32 = 7;
/// How long rows are kept, in days: three years.
pub(super) const OLDEST_DAYS: i32 = 1096;
/// Days before the first booking that are counted too, since seats were offered on them.
const BEFORE_FIRST_BOOKING_DAYS: i32 = 31;
/// How long one request may count what is missing.
const BUDGET: Duration = Duration::from_secs(5);
/// How long the count of the current day is reused.
const TODAY_TTL: SignedDuration = SignedDuration::from_mins(15);

/// What a process remembers of counting.
#[derive(Debug, Default)]
pub struct DayCounting {
    /// The database counts one day at a time.
    one_at_a_time: Mutex<()>,
    today: Mutex<Option<(Timestamp, Vec<LocationDay>)>>,
    /// The first day of all bookings, once it is over: then no earlier one can follow.
    first: OnceLock<Date>,
}

/// There is more to count than one request may wait for. What was counted until then is kept.
#[derive(Debug, thiserror::Error)]
#[error("days of the statistics are still being counted")]
struct StillCounting;

/// Counts what is missing of the days from `from` to `to`, or may have changed since, the newest first.
///
/// # Errors
/// The database does not answer.
pub async fn count_due_days(engine: &Engine, from: Date, to: Date) -> Result<(), AppError> {
    let yesterday = engine.local_date(engine.now()).yesterday().unwrap_or(Date::MIN);
    let to = to.min(yesterday);
    if from > to {
        return Ok(());
    }
    let due = due(engine, from, to).await?;
    if due.is_empty() {
        return Ok(());
    }
    let first = first_day_counted(engine).await?;
    for date in due.into_iter().rev().take_while(|date| *date >= first) {
        let _one = engine.statistics.one_at_a_time.lock().await;
        // Another request may have counted it meanwhile.
        if !self::due(engine, date, date).await?.is_empty() {
            count_and_keep(engine, date).await?;
        }
    }
    Ok(())
}

/// Counts while a caller waits for the answer.
///
/// # Errors
/// It takes too long, or the database does not answer.
pub(super) async fn within_budget(
    counting: impl Future<Output = Result<(), AppError>>,
) -> Result<(), AppError> {
    let counted = tokio::time::timeout(BUDGET, counting).await;
    counted.unwrap_or_else(|_| Err(AppError::Unavailable(Box::new(StillCounting))))
}

/// Counts all that is missing of days and months, and deletes what is too old.
///
/// # Errors
/// The database does not answer.
pub async fn catch_up(engine: &Engine) -> Result<(), AppError> {
    let today = engine.local_date(engine.now());
    let oldest = today.saturating_sub(OLDEST_DAYS.days());
    statistics_days::delete_before(engine.database.connection(), oldest).await?;
    let first = first_day_counted(engine).await?;
    count_due_days(engine, first.max(oldest), today).await?;
    let Some(last) = last_month(today) else { return Ok(()) };
    // The month of which only a part is kept any more was summed up before.
    let from = if first < oldest { month_after(oldest) } else { first.first_of_month() };
    sum_up_months(engine, from, last).await
}

/// The latest month whose days are not counted again, by its first day.
pub(super) fn last_month(today: Date) -> Option<Date> {
    let last_final = today.checked_sub((REFRESH_DAYS + 1).days()).ok()?;
    let is_whole = last_final == last_final.last_of_month();
    let month = if is_whole { last_final } else { last_final.first_of_month().yesterday().ok()? };
    Some(month.first_of_month())
}

/// The first day of the month that follows.
pub(super) fn month_after(date: Date) -> Date {
    date.last_of_month().tomorrow().unwrap_or(Date::MAX)
}

/// Sums up the months from one to another that were not yet, from that of the first booking on. Their days
/// must be final.
///
/// # Errors
/// The database does not answer.
pub(super) async fn sum_up_months(engine: &Engine, from: Date, to: Date) -> Result<(), AppError> {
    let db = engine.database.connection();
    let Some(first) = first_day_booked(engine).await? else { return Ok(()) };
    let from = from.max(first.first_of_month());
    let summed_up = statistics_months::summed_up(db, from, to).await?;
    let mut month = from;
    while month <= to {
        if !summed_up.contains(&month) {
            let last = month.last_of_month();
            count_due_days(engine, month, last).await?;
            let days = statistics_days::list(db, month, last, &BTreeSet::new()).await?;
            statistics_months::keep(db, month, &blocks(&days)).await?;
        }
        month = month_after(month);
    }
    Ok(())
}

fn blocks(days: &[(Date, LocationId, LocationCounts)]) -> Vec<LocationBlock> {
    let mut blocks = BTreeMap::<(&LocationId, &ServiceId), Vec<&ServiceCounts>>::new();
    for (_, location, counts) in days {
        for (service, counts) in &counts.services {
            blocks.entry((location, service)).or_default().push(counts);
        }
    }
    let block = |((location, service), days): ((&LocationId, &ServiceId), Vec<&ServiceCounts>)| {
        (location.clone(), service.clone(), MonthBlock::of_days(days.into_iter()))
    };
    blocks.into_iter().map(block).collect()
}

/// The current day, at most a quarter of an hour old.
///
/// # Errors
/// The database does not answer.
pub(super) async fn today_so_far(
    engine: &Engine,
    today: Date,
) -> Result<Vec<LocationDay>, AppError> {
    let mut known = engine.statistics.today.lock().await;
    let now = engine.now();
    if let Some((at, day)) = &*known
        && engine.local_date(*at) == today
        && now.duration_since(*at) < TODAY_TTL
    {
        return Ok(day.clone());
    }
    // Nothing is written, so it is not committed.
    let transaction = engine.database.begin().await?;
    let counted = count(engine, &transaction, today).await?;
    let so_far = |(location, counts)| LocationDay::so_far(today, location, counts);
    let day: Vec<_> = counted.into_iter().filter_map(so_far).collect();
    *known = Some((now, day.clone()));
    Ok(day)
}

/// Which of these days, all over, must be counted.
async fn due(engine: &Engine, from: Date, to: Date) -> StoreResult<Vec<Date>> {
    let today = engine.local_date(engine.now());
    let counted = statistics_days::counted(engine.database.connection(), from, to).await?;
    let is_due = |date: &Date| match counted.get(date) {
        None => true,
        Some(at) => {
            let is_fresh = engine.local_date(*at) >= today;
            !is_fresh && date.saturating_add(REFRESH_DAYS.days()) >= today
        }
    };
    let days = from.series(1.day()).take_while(|date| *date <= to);
    Ok(days.filter(is_due).collect())
}

/// The first day that is counted: that of all bookings, or an earlier one of the last month.
async fn first_day_counted(engine: &Engine) -> StoreResult<Date> {
    let today = engine.local_date(engine.now());
    let recent = today.saturating_sub(BEFORE_FIRST_BOOKING_DAYS.days());
    let first = first_day_booked(engine).await?;
    Ok(first.map_or(recent, |first| first.min(recent)))
}

/// The first day of all bookings; `None` if there is none.
async fn first_day_booked(engine: &Engine) -> StoreResult<Option<Date>> {
    if let Some(first) = engine.statistics.first.get() {
        return Ok(Some(*first));
    }
    let first = first_day(engine.database.connection()).await?;
    let today = engine.local_date(engine.now());
    if let Some(first) = first.filter(|first| *first < today) {
        let _ = engine.statistics.first.set(first);
    }
    Ok(first)
}

async fn count_and_keep(engine: &Engine, date: Date) -> Result<(), AppError> {
    let counted_at = engine.now();
    let transaction = engine.database.begin().await?;
    let counted = count(engine, &transaction, date).await?;
    statistics_days::keep(&transaction, date, counted_at, &counted).await?;
    Ok(transaction.commit().await.map_err(Failure::from)?)
}

/// Counts one day everywhere. What was offered follows from the opening rules of now.
async fn count(
    engine: &Engine,
    db: &Transaction,
    date: Date,
) -> StoreResult<Vec<(LocationId, LocationCounts)>> {
    let catalogue = engine.catalogue();
    let locations: Vec<LocationId> = catalogue.locations().map(|(id, _)| id.clone()).collect();
    let walk_ins = queue_tickets::served_on(db, date, &locations).await?;
    let visits = DayCounts::on(date, locations.clone()).read(db).await?;
    let acts = counted_acts::list(db, &locations, date, date).await?;
    let at_location = |location: LocationId| {
        let plan = catalogue.day_plan(&location, date)?;
        let visits = visits.iter().filter(|count: &&VisitCount| count.location == location);
        let walk_ins = walk_ins.iter().filter(|count: &&WalkInCount| count.location == location);
        let acts = acts.iter().filter(|count| count.location == location);
        let counts = LocationCounts::new(&catalogue, &plan, &location, visits, walk_ins, acts);
        Some((location, counts))
    };
    Ok(locations.into_iter().filter_map(at_location).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_told_once_its_last_day_is_final() {
        let last = |today: &str| last_month(today.parse().unwrap()).unwrap().to_string();
        assert_eq!(last("2027-02-07"), "2026-12-01");
        assert_eq!(last("2027-02-08"), "2027-01-01", "31 January was counted on 7 February");
        assert_eq!(last("2027-03-01"), "2027-01-01");
        assert_eq!(month_after("2027-12-31".parse().unwrap()).to_string(), "2028-01-01");
    }
}
