//! Times of day and dates, as a draw writes them.
//!
//! Two kinds of time meet in a draw. Windows, freezes and beacons are instants: [`Seconds`],
//! comparable with witnesses' clocks. Seats and wishes are wall times at the office: [`Day`] and
//! [`Minute`], which no daylight saving moves. Nothing converts one into the other.

use std::{fmt, str::FromStr};

use jiff::civil::{Date, date};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Seconds since 1970-01-01 00:00 UTC, without leap seconds. Below 2^53 in every document.
pub type Seconds = u64;

/// A wall time at the office as minutes after midnight, 0 to 1440; its text form is `HH:MM`, up to
/// `24:00`. A draw does no arithmetic across days, so a time zone does not matter to it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Minute(u16);

/// A calendar day at the office, 2020 to 2199; its text form is `2027-01-04`. The bounds keep the
/// year at four digits, so texts and days sort alike.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(Date);

/// A text that is no time of day or no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTime {
    /// Not `HH:MM` from 00:00 to 24:00.
    #[error("a time of day is written `HH:MM`")]
    Minute,
    /// No day, or one outside 2020 to 2199.
    #[error("a day is written `2027-01-04`")]
    Day,
}

impl Minute {
    /// The end of a day, `24:00`: what ends at midnight ends on this day, not on the next.
    pub const MIDNIGHT: Self = Self(24 * 60);

    /// The time this many minutes after midnight; none above 1440.
    #[must_use]
    pub const fn new(minutes: u16) -> Option<Self> {
        if minutes <= Self::MIDNIGHT.0 { Some(Self(minutes)) } else { None }
    }

    /// Minutes after midnight.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl Day {
    /// Monday is 1, Sunday is 7 (ISO 8601).
    #[must_use]
    pub fn weekday(self) -> u8 {
        self.0.weekday().to_monday_one_offset().unsigned_abs()
    }
}

impl FromStr for Minute {
    type Err = InvalidTime;

    fn from_str(text: &str) -> Result<Self, InvalidTime> {
        let number = |text: &str| text.parse::<u16>().ok();
        let parts = text.split_once(':').and_then(|(h, m)| number(h).zip(number(m)));
        let minute = parts.and_then(|(h, m)| (h <= 24 && m < 60).then(|| Self::new(h * 60 + m))?);
        minute.filter(|minute| minute.to_string() == text).ok_or(InvalidTime::Minute)
    }
}

impl FromStr for Day {
    type Err = InvalidTime;

    fn from_str(text: &str) -> Result<Self, InvalidTime> {
        let day = text.parse().ok().filter(|day: &Date| {
            *day >= date(2020, 1, 1) && *day < date(2200, 1, 1) && day.to_string() == text
        });
        day.map(Self).ok_or(InvalidTime::Day)
    }
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// JSON texts for a type with a text form.
macro_rules! as_text {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{self}")
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    )*};
}

as_text!(Minute, Day);
