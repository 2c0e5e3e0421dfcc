//! Dates of birth, which are not always dates.

use std::{fmt, str::FromStr};

use jiff::civil::Date;

/// A date of birth as a document states it. Day or month and day may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BirthDate {
    /// The full date.
    Day(Date),
    /// Year and month.
    Month(i16, i8),
    /// Only the year.
    Year(i16),
}

/// The text is no date of birth. Does not repeat it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a date of birth is YYYY-MM-DD or DD.MM.YYYY, with 00 for an unknown day or month")]
pub struct InvalidBirthDate;

impl BirthDate {
    /// Whether many people share it for want of a known one: incomplete, or one of the days that
    /// registers write for an unknown one (1 January, 1 July, 31 December).
    #[must_use]
    pub fn is_conventional(self) -> bool {
        match self {
            Self::Day(date) => matches!((date.month(), date.day()), (1, 1) | (7, 1) | (12, 31)),
            Self::Month(..) | Self::Year(_) => true,
        }
    }

    /// What a document says that leaves the day, or day and month, open.
    pub(super) fn less(self) -> Vec<Self> {
        match self {
            Self::Day(date) => {
                vec![Self::Month(date.year(), date.month()), Self::Year(date.year())]
            }
            Self::Month(year, _) => vec![Self::Year(year)],
            Self::Year(_) => Vec::new(),
        }
    }

    fn from_parts(year: &str, month: &str, day: &str) -> Option<Self> {
        let year = year.parse().ok().filter(|year| (1850..=2200).contains(year))?;
        match (part(month)?, part(day)?) {
            (0, _) => Some(Self::Year(year)),
            (month, 0) => (1..=12).contains(&month).then_some(Self::Month(year, month)),
            (month, day) => Date::new(year, month, day).ok().map(Self::Day),
        }
    }
}

/// A month or day; unknown ones are written as zeros, blanks, X or left out.
fn part(text: &str) -> Option<i8> {
    if text.bytes().all(|byte| matches!(byte, b'0' | b' ' | b'x' | b'X' | b'<')) {
        return Some(0);
    }
    text.parse().ok().filter(|number| (1..=31).contains(number))
}

impl FromStr for BirthDate {
    type Err = InvalidBirthDate;

    /// Reads `1980-04-17`, `1980-00-00`, `1980-04`, `1980`, `17.04.1980`, `00.00.1980`,
    /// `XX.XX.1980` and the chip's `19800417` or `1980` with blanks.
    fn from_str(text: &str) -> Result<Self, InvalidBirthDate> {
        let text = text.trim_start();
        let parts: Vec<&str> = text.split(['-', '.']).collect();
        match parts[..] {
            [year, month, day] if year.len() == 4 => Self::from_parts(year, month, day.trim_end()),
            [day, month, year] => Self::from_parts(year.trim_end(), month, day),
            [year, month] if year.len() == 4 => Self::from_parts(year, month.trim_end(), ""),
            [_] if text.is_ascii() && text.len() == 8 => {
                Self::from_parts(&text[..4], &text[4..6], &text[6..])
            }
            [year] => Self::from_parts(year.trim_end(), "", ""),
            _ => None,
        }
        .ok_or(InvalidBirthDate)
    }
}

impl fmt::Display for BirthDate {
    /// `1980-04-17`, `1980-04` or `1980`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_way_of_writing_it_is_read() {
        let cases = [
            ("1980-04-17", "1980-04-17"),
            ("17.04.1980", "1980-04-17"),
            ("19800417", "1980-04-17"),
            ("1980-04-00", "1980-04"),
            ("00.04.1980", "1980-04"),
            ("1980-04", "1980-04"),
            ("198004  ", "1980-04"),
            ("1980-00-00", "1980"),
            ("00.00.1980", "1980"),
            ("XX.XX.1980", "1980"),
            ("1980    ", "1980"),
            ("1980", "1980"),
        ];
        for (written, read) in cases {
            assert_eq!(written.parse::<BirthDate>().unwrap().to_string(), read, "{written}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let cases = [
            "",
            "0000-04-17",
            "1980-13-01",
            "1980-02-30",
            "17/04/1980",
            "80-04-17",
            "1980-4-1x",
            "ä980-01-01",
        ];
        for wrong in cases {
            assert_eq!(wrong.parse::<BirthDate>(), Err(InvalidBirthDate), "{wrong}");
        }
    }

    #[test]
    fn a_conventional_date_says_little() {
        for (text, conventional) in [
            ("1990-01-01", true),
            ("1990-07-01", true),
            ("1990-12-31", true),
            ("1990", true),
            ("1990-05", true),
            ("1990-01-02", false),
        ] {
            assert_eq!(
                text.parse::<BirthDate>().unwrap().is_conventional(),
                conventional,
                "{text}"
            );
        }
    }
}
