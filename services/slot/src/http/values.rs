//! Values of requests that JSON has as texts. What one must be is said once, in the API's words, for
//! bodies and queries alike: no message of a library reaches a caller.

use std::{borrow::Cow, fmt, marker::PhantomData, str::FromStr};

use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use serde::{
    Deserialize, Deserializer,
    de::{Error, Unexpected, Visitor},
};
use utoipa::ToSchema;
use vocabulary::Language;

/// A value that JSON has as a text.
pub(super) trait FromText: Sized {
    /// What it must be, with an example: "must be" comes before it.
    fn expected() -> Cow<'static, str>;

    /// Reads it, if it is that.
    fn from_text(text: &str) -> Option<Self>;
}

/// For the `Deserialize` of such a value.
pub(super) fn deserialize<'de, T: FromText, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(Text(PhantomData))
}

struct Text<T>(PhantomData<T>);

impl<T: FromText> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&T::expected())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::from_text(text).ok_or_else(|| E::invalid_value(Unexpected::Other("text"), &self))
    }
}

/// A local day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, format = Date, example = "2027-01-05")]
pub(super) struct Day(pub Date);

impl FromText for Day {
    fn expected() -> Cow<'static, str> {
        "a day like 2027-01-05".into()
    }

    fn from_text(text: &str) -> Option<Self> {
        // The library also takes an instant for the day in it, at whatever offset.
        let is_only_a_day = text.len() == "2027-01-05".len() && text.contains('-');
        text.parse().ok().filter(|_| is_only_a_day).map(Self)
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::from_text(text).ok_or_else(|| format!("must be {}", Self::expected()))
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

/// A time of day by the clock on the wall, to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimeOfDay(pub Time);

impl FromText for TimeOfDay {
    fn expected() -> Cow<'static, str> {
        "a time of day like 09:30".into()
    }

    fn from_text(text: &str) -> Option<Self> {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
        let is_plain = is_plain && text.len() == "09:30".len();
        let (hour, minute) = text.split_once(':').filter(|_| is_plain)?;
        Some(Self(Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?))
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

/// An instant: only with an offset is it one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Instant(pub Timestamp);

impl FromText for Instant {
    fn expected() -> Cow<'static, str> {
        "an instant with its offset like 2027-01-05T09:00:00+01:00".into()
    }

    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

/// A language in which a person is told. Derived, `Deserialize` would also take `{"de": null}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spoken(pub Language);

impl FromText for Spoken {
    fn expected() -> Cow<'static, str> {
        let tags: Vec<_> = Language::ALL.iter().map(|language| format!("`{language}`")).collect();
        format!("one of {}", tags.join(", ")).into()
    }

    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}

impl<'de> Deserialize<'de> for Spoken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_a_day_and_nothing_else() {
        assert_eq!("2027-01-05".parse(), Ok(Day(jiff::civil::date(2027, 1, 5))));
        for wrong in ["", "2027-1-5", "2027-02-30", "20270105", "2027-01-05T09:00:00+01:00"] {
            let refused = wrong.parse::<Day>().unwrap_err();
            assert_eq!(refused, "must be a day like 2027-01-05", "{wrong}");
        }
    }

    #[test]
    fn a_time_of_day_has_two_digits_each() {
        assert_eq!(TimeOfDay::from_text("09:30"), Some(TimeOfDay(jiff::civil::time(9, 30, 0, 0))));
        for wrong in ["", "9:30", "24:00", "09:60", "-9:30", "+9:30", "09.30", "09:30:00"] {
            assert_eq!(TimeOfDay::from_text(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_instant_has_an_offset_and_is_one_that_can_be() {
        let nine = "2027-01-05T08:00:00Z".parse().unwrap();
        for right in ["2027-01-05T09:00:00+01:00", "2027-01-05T08:00:00Z"] {
            assert_eq!(Instant::from_text(right), Some(Instant(nine)), "{right}");
        }
        for wrong in ["", "2027-01-05", "2027-01-05T09:00:00", "9999-12-31T23:59:59-02:00"] {
            assert_eq!(Instant::from_text(wrong), None, "{wrong}");
        }
    }
}
