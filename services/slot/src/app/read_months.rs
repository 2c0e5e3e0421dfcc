//! Reads statistics of months that are over.

use std::collections::BTreeMap;

use jiff::{ToSpan as _, civil::Date};

use super::{
    AppError, Engine,
    count_days::{OLDEST_DAYS, last_month, sum_up_months, within_budget},
};
use crate::{statistics::LocationBlock, store::statistics_months};

/// How many months an answer has by default.
const USUAL_MONTHS: i32 = 12;

/// Months by their first days, all of them final.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Months {
    from: Date,
    to: Date,
}

/// Why statistics of these months are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MonthsError {
    /// The last month comes before the first.
    #[error("is before `from`")]
    Reversed,
    /// Its days can still change.
    #[error("is not told yet: a month is, from the eighth day after its end on")]
    NotFinal,
    /// Too long ago.
    #[error("is too long ago: three years are told")]
    TooOld,
}

impl Months {
    /// From one month to another, each by its first day; by default the last twelve.
    ///
    /// # Errors
    /// They are refused.
    pub fn new(from: Option<Date>, to: Option<Date>, today: Date) -> Result<Self, MonthsError> {
        let last = last_month(today).unwrap_or(Date::MIN);
        let to = to.unwrap_or(last);
        let usual = to.saturating_sub((USUAL_MONTHS - 1).months());
        let from = from.unwrap_or(usual);
        if to > last {
            Err(MonthsError::NotFinal)
        } else if from > to {
            Err(MonthsError::Reversed)
        } else if from < today.saturating_sub(OLDEST_DAYS.days()).first_of_month() {
            Err(MonthsError::TooOld)
        } else {
            Ok(Self { from, to })
        }
    }
}

/// The months with their blocks, as far as there were bookings.
///
/// # Errors
/// The database does not answer, or more must be counted than a request may wait for.
pub async fn read_months(
    engine: &Engine,
    months: Months,
) -> Result<BTreeMap<Date, Vec<LocationBlock>>, AppError> {
    let Months { from, to } = months;
    within_budget(sum_up_months(engine, from, to)).await?;
    Ok(statistics_months::list(engine.database.connection(), from, to).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_twelve_unless_others_are_named() {
        let months = |from: Option<&str>, to: Option<&str>| {
            let day = |text: Option<&str>| text.map(|text| text.parse().unwrap());
            let months = Months::new(day(from), day(to), "2027-06-15".parse().unwrap());
            months.map(|Months { from, to }| format!("{from} {to}"))
        };
        assert_eq!(months(None, None).unwrap(), "2026-06-01 2027-05-01");
        assert_eq!(months(Some("2027-01-01"), None).unwrap(), "2027-01-01 2027-05-01");
        assert_eq!(months(None, Some("2027-01-01")).unwrap(), "2026-02-01 2027-01-01");
        assert_eq!(months(None, Some("2027-06-01")), Err(MonthsError::NotFinal));
        assert_eq!(months(Some("2027-06-01"), None), Err(MonthsError::Reversed));
        assert_eq!(months(Some("2024-05-01"), None), Err(MonthsError::TooOld));
    }
}
