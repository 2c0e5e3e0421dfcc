//! Values of requests that JSON has as texts. What one must be is said once, in the API's words, for
//! bodies and queries alike: no message of a library reaches a caller.
//!
//! Three kinds of time, never mixed: a [`Day`] is local (Europe/Berlin) and has no offset, a
//! [`TimeOfDay`] is what the clock on the wall shows, an [`Instant`] has an offset and is one
//! moment everywhere.

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

/// A value that JSON has as a text.
pub trait FromText: Sized {
    /// What it must be, with an example: "must be" comes before it.
    fn expected() -> Cow<'static, str>;

    /// Reads it, if it is that.
    fn from_text(text: &str) -> Option<Self>;
}

/// For the `Deserialize` of such a value.
///
/// # Errors
/// It is no text, or not what is expected.
pub fn deserialize<'de, T: FromText, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(Text(PhantomData))
}

/// For `#[serde(default, deserialize_with)]`: `null` says of a field what leaving it out says.
///
/// # Errors
/// It is neither `null` nor what the field takes.
pub fn or_default<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Deserialize<'de> + Default,
    D: Deserializer<'de>,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// A whole number of a query, as JSON writes one (RFC 8259 section 6): no plus and no leading zeros,
/// and a fraction of zeros changes nothing. The rule of bodies.
#[must_use]
pub fn whole_number<T: FromStr>(text: &str) -> Option<T> {
    let (whole, fraction) =
        text.split_once('.').map_or((text, None), |(it, rest)| (it, Some(rest)));
    let is_whole =
        fraction.is_none_or(|zeros| !zeros.is_empty() && zeros.bytes().all(|digit| digit == b'0'));
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let is_json = matches!(digits.as_bytes(), [b'0'] | [b'1'..=b'9', ..])
        && digits.bytes().all(|digit| digit.is_ascii_digit());
    whole.parse().ok().filter(|_| is_whole && is_json)
}

/// How many entries of a list an answer brings at most: from 1 to `MOST`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSize<const MOST: u16>(pub u16);

impl<const MOST: u16> FromStr for PageSize<MOST> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match whole_number(text) {
            Some(size) if (1..=MOST).contains(&size) => Ok(Self(size)),
            _ => Err(format!("must be a whole number from 1 to {MOST}")),
        }
    }
}

/// For the `FromStr` of such a value.
///
/// # Errors
/// It is not what is expected.
pub fn parse<T: FromText>(text: &str) -> Result<T, String> {
    T::from_text(text).ok_or_else(|| format!("must be {}", T::expected()))
}

/// Reads a JSON text and gives it to [`FromText`].
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

/// A local day of the authority. An instant is none: the day in it depends on where one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, format = Date, example = "2027-01-05")]
pub struct Day(pub Date);

impl FromText for Day {
    fn expected() -> Cow<'static, str> {
        "a local day like 2027-01-05, without a time".into()
    }

    fn from_text(text: &str) -> Option<Self> {
        // The library also takes an instant for the day in it, at whatever offset.
        has_form(text.as_bytes(), "0000-00-00").then(|| text.parse().ok().map(Self))?
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        parse(text)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

/// A time of day by the clock on the wall, to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeOfDay(pub Time);

impl FromText for TimeOfDay {
    fn expected() -> Cow<'static, str> {
        "a time of day like 09:30".into()
    }

    fn from_text(text: &str) -> Option<Self> {
        let is_plain = has_form(text.as_bytes(), "00:00");
        let (hour, minute) = text.split_once(':').filter(|_| is_plain)?;
        Some(Self(Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?))
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

/// An instant as RFC 3339 has it: only with an offset is it one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instant(pub Timestamp);

impl FromText for Instant {
    fn expected() -> Cow<'static, str> {
        "an instant with its offset like 2027-01-05T09:00:00+01:00, before 9999-12-30".into()
    }

    fn from_text(text: &str) -> Option<Self> {
        // The library also takes ISO 8601's other forms, zones in brackets and offsets of days.
        is_rfc_3339(text).then(|| text.parse().ok().map(Self))?
    }
}

impl FromStr for Instant {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        parse(text)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

/// The form of `date-time` in RFC 3339 section 5.6, in which `T` and `Z` may be small letters.
fn is_rfc_3339(text: &str) -> bool {
    const LOCAL: &str = "0000-00-00T00:00:00";
    let Some((local, rest)) = text.as_bytes().split_at_checked(LOCAL.len()) else { return false };
    let fraction = match rest {
        [b'.', digits @ ..] => 1 + digits.iter().take_while(|it| it.is_ascii_digit()).count(),
        _ => 0,
    };
    let offset = &rest[fraction..];
    let is_offset = match offset {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', offset @ ..] => {
            has_form(offset, "00:00")
                && &offset[..2] <= b"23".as_slice()
                && &offset[3..] <= b"59".as_slice()
        }
        _ => false,
    };
    has_form(local, LOCAL) && fraction != 1 && is_offset
}

/// Whether digits stand where `form` has zeros, and its other letters where they stand there.
fn has_form(text: &[u8], form: &str) -> bool {
    text.len() == form.len()
        && text.iter().zip(form.bytes()).all(|(letter, form)| match form {
            b'0' => letter.is_ascii_digit(),
            form => letter.eq_ignore_ascii_case(&form),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_is_written_in_a_query_as_in_a_body() {
        for (text, number) in [("0", 0), ("7", 7), ("-7", -7), ("10.0", 10), ("1.000", 1)] {
            assert_eq!(whole_number(text), Some(number), "{text}");
            assert!(serde_json::from_str::<f64>(text).is_ok(), "{text}");
        }
        for wrong in ["", "+1", "01", "-01", "1.", "1.5", ".0", "-", "1e1", " 1", "1 ", "٣", "0x1"]
        {
            assert_eq!(whole_number::<i32>(wrong), None, "{wrong}");
        }
        assert_eq!(whole_number::<u8>("256"), None);
    }

    #[test]
    fn a_page_has_at_least_one_entry_and_at_most_the_limit() {
        for (text, size) in [("1", 1), ("20", 20), ("500", 500)] {
            assert_eq!(text.parse(), Ok(PageSize::<500>(size)), "{text}");
        }
        for wrong in ["", "0", "-1", "501", "70000", "many"] {
            let refused = wrong.parse::<PageSize<500>>().unwrap_err();
            assert_eq!(refused, "must be a whole number from 1 to 500", "{wrong}");
        }
    }

    #[test]
    fn a_day_is_a_day_and_nothing_else() {
        assert_eq!("2027-01-05".parse(), Ok(Day(jiff::civil::date(2027, 1, 5))));
        for wrong in ["", "2027-1-5", "2027-02-30", "20270105", "2027-01-05T09:00:00+01:00"] {
            let refused = wrong.parse::<Day>().unwrap_err();
            assert_eq!(refused, "must be a local day like 2027-01-05, without a time", "{wrong}");
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
        for right in [
            "2027-01-05T09:00:00+01:00",
            "2027-01-05T08:00:00Z",
            "2027-01-05t08:00:00z",
            "2027-01-05T08:00:00.000Z",
            "2027-01-04T09:00:00-23:00",
        ] {
            assert_eq!(Instant::from_text(right), Some(Instant(nine)), "{right}");
        }
        for wrong in [
            "",
            "2027-01-05",
            "2027-01-05T09:00:00",
            "2027-01-05 09:00:00+01:00",
            "20270105T090000+0100",
            "2027-01-05T09:00:00+0100",
            "2027-01-05T09:00:00+01",
            "2027-01-05T09:00+01:00",
            "2027-01-05T09:00:00.+01:00",
            "2027-01-06T10:00:00+25:00",
            "2027-01-05T09:00:00+00:60",
            "2027-01-05T09:00:00+01:00[Europe/Berlin]",
            "2027-01-05T08:00:00Z ",
            "+002027-01-05T08:00:00Z",
            "2027-02-30T08:00:00Z",
            "9999-12-31T23:59:59-02:00",
        ] {
            assert_eq!(Instant::from_text(wrong), None, "{wrong}");
        }
    }
}
