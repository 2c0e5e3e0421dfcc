//! Ages, where the birth date may be known in part only.
//!
//! Passports and residence titles of people whose birth date is not fully known state a year,
//! or a year and a month. A program must not guess the rest: so an age is a range here, from
//! [`least_age_on`](BirthDate::least_age_on) to
//! [`greatest_age_on`](BirthDate::greatest_age_on), and a rule takes the end that favours the
//! person. The desk, which sees the document, decides.
//!
//! ```
//! use booking::rules::BirthDate;
//! use jiff::civil::date;
//!
//! let only_the_year: BirthDate = "2011".parse()?;
//! let day = date(2027, 6, 1);
//! assert_eq!((only_the_year.least_age_on(day), only_the_year.greatest_age_on(day)), (15, 16));
//! # Ok::<(), booking::rules::InvalidBirthDate>(())
//! ```

use std::{fmt, str::FromStr};

use jiff::civil::Date;

/// A date of birth as the document states it: `1980-04-17`, `1980-04` or `1980`.
///
/// `YYYY-MM-DD` and `YYYY` are those of OpenID Connect's `birthdate` (Core 1.0 section 5.1);
/// `YYYY-MM` is for documents that state no day. A day is never known without its month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BirthDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// The text is no date of birth. Does not repeat it.
///
/// The text is personal data and appears in no log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a date of birth is YYYY-MM-DD, YYYY-MM or YYYY")]
pub struct InvalidBirthDate;

impl BirthDate {
    /// What is left of the date when the day is unknown, and when the month is too; from the most exact
    /// on, without the date itself.
    pub fn coarser(self) -> impl Iterator<Item = Self> {
        let month = self.day.map(|_| Self { day: None, ..self });
        let year = self.month.map(|_| Self { month: None, day: None, ..self });
        month.into_iter().chain(year)
    }

    /// The greatest age in whole years that the person can have on `day`.
    ///
    /// A year is complete when the birthday begins (BGB section 187 paragraph 2). A person born on
    /// 29 February completes it on 1 March in other years (BGB section 188 paragraph 2).
    ///
    /// What is not known is taken as early in the year as possible. For a lower bound: see
    /// [`minimum_age`](super::minimum_age).
    #[must_use]
    pub fn greatest_age_on(self, day: Date) -> i16 {
        self.age_on(day, (self.month.unwrap_or(1), self.day.unwrap_or(1)))
    }

    /// The least age in whole years that the person can have on `day`.
    ///
    /// What is not known is taken as late in the year as possible. For an upper bound: see
    /// [`maximum_age`](super::maximum_age).
    #[must_use]
    pub fn least_age_on(self, day: Date) -> i16 {
        self.age_on(day, (self.month.unwrap_or(12), self.day.unwrap_or(31)))
    }

    /// Whole years, negative before the birth.
    fn age_on(self, day: Date, birthday: (i8, i8)) -> i16 {
        let years = day.year().saturating_sub(self.year);
        if (day.month(), day.day()) < birthday { years.saturating_sub(1) } else { years }
    }
}

impl fmt::Display for BirthDate {
    /// As it is read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in self.month.into_iter().chain(self.day) {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

/// Years from 1850 to 2200, so that a slip such as `0198` is refused. `00` for an unknown month
/// or day, which some documents have, is refused, too: such a part is to be left out.
impl FromStr for BirthDate {
    type Err = InvalidBirthDate;

    fn from_str(text: &str) -> Result<Self, InvalidBirthDate> {
        let parts: Vec<&str> = text.split('-').collect();
        let (year, month, day) = match parts[..] {
            [year] => (year, "1", "1"),
            [year, month] => (year, month, "1"),
            [year, month, day] => (year, month, day),
            _ => return Err(InvalidBirthDate),
        };
        let year = year.parse().ok().filter(|year| (1850..=2200).contains(year));
        let (year, month, day) = year
            .zip(month.parse().ok().zip(day.parse().ok()))
            .map(|(year, (month, day))| (year, month, day))
            .filter(|(year, month, day)| Date::new(*year, *month, *day).is_ok())
            .ok_or(InvalidBirthDate)?;
        Ok(Self {
            year,
            month: (parts.len() > 1).then_some(month),
            day: (parts.len() > 2).then_some(day),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ages(birth: &str, day: &str) -> (i16, i16) {
        let birth: BirthDate = birth.parse().unwrap();
        let day = day.parse().unwrap();
        (birth.least_age_on(day), birth.greatest_age_on(day))
    }

    #[test]
    fn a_year_of_age_is_complete_when_the_birthday_begins() {
        assert_eq!(ages("2011-01-11", "2027-01-10"), (15, 15));
        assert_eq!(ages("2011-01-11", "2027-01-11"), (16, 16));
        assert_eq!(ages("2008-02-29", "2026-02-28"), (17, 17));
        assert_eq!(ages("2008-02-29", "2026-03-01"), (18, 18));
    }

    #[test]
    fn a_partial_date_leaves_the_age_open() {
        assert_eq!(ages("2011", "2027-01-01"), (15, 16));
        assert_eq!(ages("2011", "2027-12-31"), (16, 16));
        assert_eq!(ages("2011-03", "2027-03-30"), (15, 16));
        assert_eq!(ages("2011-03", "2027-04-01"), (16, 16));
    }

    #[test]
    fn what_is_no_date_is_refused_and_not_repeated() {
        for text in ["", "80", "1980-13", "1980-02-30", "1980-04-17-1", "17.04.1980", "1980-00-00"]
        {
            let error = text.parse::<BirthDate>().unwrap_err();
            assert!(text.is_empty() || !error.to_string().contains(text));
        }
    }

    proptest! {
        #[test]
        fn knowing_more_of_a_date_never_widens_the_ages(
            year in 1900_i16..2027, month in 1_i8..=12, day in 1_i8..=28, at in 0_i32..400,
        ) {
            let on = jiff::civil::date(2027, 1, 1) + jiff::Span::new().days(at);
            let texts = [
                format!("{year}"),
                format!("{year}-{month:02}"),
                format!("{year}-{month:02}-{day:02}"),
            ];
            let ages = texts.map(|text| text.parse::<BirthDate>().unwrap())
                .map(|birth| (birth.least_age_on(on), birth.greatest_age_on(on)));
            prop_assert!(ages[0].0 <= ages[1].0 && ages[1].0 <= ages[2].0);
            prop_assert!(ages[0].1 >= ages[1].1 && ages[1].1 >= ages[2].1);
            prop_assert_eq!(ages[2].0, ages[2].1);
        }
    }
}
