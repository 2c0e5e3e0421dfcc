//! Reads statistics: open data about past days.

use std::sync::Arc;

use ids::LocationId;
use jiff::{ToSpan as _, civil::Date};

use super::{AppError, Engine};
use crate::{
    statistics::LocationDay,
    store::{
        counted_acts,
        queries::{DayCounts, VisitCount},
        queue_tickets::{self, WalkInCount},
    },
};

/// How far back anybody may look: older bookings are on their way out.
const OLDEST_DAYS: i32 = 92;
/// Most days in one answer.
const LONGEST_DAYS: i32 = 31;

/// Which days, all of them over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    from: Date,
    to: Date,
    oldest: Date,
}

/// Why statistics of these days are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The last day comes before the first.
    #[error("is before `from`")]
    Reversed,
    /// Some of it is not over.
    #[error("must be a day that is over")]
    NotOver,
    /// Too many days.
    #[error("ask for at most {LONGEST_DAYS} days at once")]
    TooLong,
    /// Too long ago.
    #[error("days more than {OLDEST_DAYS} days ago are not told")]
    TooOld,
}

impl Period {
    /// From the first to the last day.
    ///
    /// # Errors
    /// The period is refused.
    pub fn new(from: Date, to: Date, today: Date) -> Result<Self, PeriodError> {
        let oldest = today.saturating_sub(OLDEST_DAYS.days());
        if from > to {
            Err(PeriodError::Reversed)
        } else if to >= today {
            Err(PeriodError::NotOver)
        } else if from < oldest {
            Err(PeriodError::TooOld)
        } else if to >= from.saturating_add(LONGEST_DAYS.days()) {
            Err(PeriodError::TooLong)
        } else {
            Ok(Self { from, to, oldest })
        }
    }

    fn days(self) -> impl Iterator<Item = Date> {
        self.from.series(1.day()).take_while(move |date| *date <= self.to)
    }
}

/// The days of the period by date, then by location; at most a quarter of an hour old.
///
/// # Errors
/// The database does not answer.
pub async fn read_statistics(
    engine: &Engine,
    period: Period,
) -> Result<Vec<Arc<[LocationDay]>>, AppError> {
    let mut days = Vec::new();
    for date in period.days() {
        let now = engine.now();
        days.push(engine.statistics.day(date, period.oldest, now, count(engine, date)).await?);
    }
    Ok(days)
}

/// Counts one day everywhere. What was offered follows from the opening rules of now.
async fn count(engine: &Engine, date: Date) -> Result<Vec<LocationDay>, AppError> {
    let db = engine.database.connection();
    let catalogue = engine.catalogue();
    let locations: Vec<LocationId> = catalogue.locations().map(|(id, _)| id.clone()).collect();
    let walk_ins = queue_tickets::served_on(db, date, &locations).await?;
    let visits = DayCounts::on(date, locations.clone()).read(db).await?;
    let acts = counted_acts::list(db, &locations, date, date).await?;
    Ok(locations
        .iter()
        .filter_map(|location| {
            let plan = catalogue.day_plan(location, date)?;
            let at_location = |count: &&VisitCount| count.location == *location;
            let walked_in = |count: &&WalkInCount| count.location == *location;
            let visits = visits.iter().filter(at_location);
            let walk_ins = walk_ins.iter().filter(walked_in);
            let acts = acts.iter().filter(|count| count.location == *location);
            LocationDay::new(&catalogue, &plan, location, visits, walk_ins, acts)
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_are_over_and_not_too_many() {
        let period = |from: &str, to: &str| {
            let today = "2027-06-15".parse().unwrap();
            Period::new(from.parse().unwrap(), to.parse().unwrap(), today)
        };
        assert_eq!(period("2027-06-14", "2027-06-14").unwrap().days().count(), 1);
        assert_eq!(period("2027-05-15", "2027-06-14").unwrap().days().count(), 31);
        assert_eq!(period("2027-03-15", "2027-04-01").unwrap().days().count(), 18);
        assert_eq!(period("2027-06-14", "2027-06-15"), Err(PeriodError::NotOver));
        assert_eq!(period("2027-06-14", "2027-06-13"), Err(PeriodError::Reversed));
        assert_eq!(period("2027-05-14", "2027-06-14"), Err(PeriodError::TooLong));
        assert_eq!(period("2027-03-14", "2027-03-20"), Err(PeriodError::TooOld));
    }
}
