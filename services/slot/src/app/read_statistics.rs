//! Reads statistics: open data about days.

use std::collections::BTreeSet;

use ids::LocationId;
use jiff::{ToSpan as _, civil::Date};

use super::{
    AppError, Engine,
    count_days::{OLDEST_DAYS, count_due_days, today_so_far, within_budget},
};
use crate::{statistics::LocationDay, store::statistics_days};

/// As many days anybody may ask for, at however many locations.
const LONGEST_DAYS: i32 = 31;
/// Most days times locations in one answer, if there are more days than that.
const MOST_LOCATION_DAYS: i32 = 1_300;

/// Which days, today at the latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    from: Date,
    to: Date,
    today: Date,
}

/// Why statistics of these days are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The last day comes before the first.
    #[error("is before `from`")]
    Reversed,
    /// It has not begun.
    #[error("must not be after today")]
    NotBegun,
    /// Too many days.
    #[error(
        "ask for at most {LONGEST_DAYS} days at once; for more, name so few locations that days times locations \
         are at most {MOST_LOCATION_DAYS}"
    )]
    TooLong,
    /// Too long ago.
    #[error("days more than {OLDEST_DAYS} days ago are not told")]
    TooOld,
}

impl Period {
    /// From the first to the last day, at so many locations.
    ///
    /// # Errors
    /// The period is refused.
    pub fn new(from: Date, to: Date, today: Date, locations: usize) -> Result<Self, PeriodError> {
        if from > to {
            return Err(PeriodError::Reversed);
        }
        if to > today {
            return Err(PeriodError::NotBegun);
        }
        if from < today.saturating_sub(OLDEST_DAYS.days()) {
            return Err(PeriodError::TooOld);
        }
        let days = (to - from).get_days() + 1;
        let locations = i32::try_from(locations).unwrap_or(i32::MAX);
        if days > LONGEST_DAYS && days.saturating_mul(locations) > MOST_LOCATION_DAYS {
            return Err(PeriodError::TooLong);
        }
        Ok(Self { from, to, today })
    }
}

/// The days of the period at these locations, or at all if none is named, by date, then by location.
///
/// # Errors
/// The database does not answer, or more days must be counted than a request may wait for.
pub async fn read_statistics(
    engine: &Engine,
    period: Period,
    locations: &BTreeSet<LocationId>,
) -> Result<Vec<LocationDay>, AppError> {
    let Period { from, to, today } = period;
    within_budget(count_due_days(engine, from, to)).await?;
    let db = engine.database.connection();
    // A row of today can exist only if the clock went back.
    let over = to.min(today.yesterday().unwrap_or(Date::MIN));
    let counted = statistics_days::list(db, from, over, locations).await?;
    let publish = |(date, location, counts)| LocationDay::publish(date, location, counts);
    let mut days: Vec<_> = counted.into_iter().filter_map(publish).collect();
    if to == today {
        let here = today_so_far(engine, today).await?.into_iter();
        days.extend(here.filter(|it| locations.is_empty() || locations.contains(&it.location)));
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_days_that_have_begun_as_long_as_they_are_not_too_many() {
        let period = |from: &str, to: &str, locations| {
            let today = "2027-06-15".parse().unwrap();
            Period::new(from.parse().unwrap(), to.parse().unwrap(), today, locations).map(drop)
        };
        assert_eq!(period("2027-06-14", "2027-06-15", 40), Ok(()));
        assert_eq!(period("2027-05-16", "2027-06-15", 400), Ok(()));
        assert_eq!(period("2026-06-15", "2027-06-14", 3), Ok(()));
        assert_eq!(period("2024-06-14", "2027-06-15", 1), Ok(()), "three years");
        assert_eq!(period("2026-06-15", "2027-06-14", 4), Err(PeriodError::TooLong));
        assert_eq!(period("2027-05-15", "2027-06-14", 400), Ok(()));
        assert_eq!(period("2027-05-14", "2027-06-14", 41), Err(PeriodError::TooLong));
        assert_eq!(period("2027-06-14", "2027-06-16", 1), Err(PeriodError::NotBegun));
        assert_eq!(period("2027-06-14", "2027-06-13", 1), Err(PeriodError::Reversed));
        assert_eq!(period("2024-06-13", "2024-06-20", 1), Err(PeriodError::TooOld));
    }
}
