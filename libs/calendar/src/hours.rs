//! Opening hours in local wall time.
//!
//! What an admin writes, `08:00-12:00, 13:00-15:30`, is parsed once and is in order ever after.
//! Hours end on the day on which they begin: no office is open across midnight, and a visit
//! within one local day keeps the seat's arithmetic simple.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

const MINUTES_PER_DAY: u16 = 24 * 60;

/// From one wall time to a later one on the same day (ZMS: `startTime`, `endTime`).
///
/// At least a minute long. `until` is exclusive: `08:00-12:00` and `12:00-15:00` touch and do
/// not overlap. Not to be confused with `booking::Span`, which counts elapsed minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    from: u16,
    until: u16,
}

impl Span {
    /// Minutes after midnight on the clock on the wall, 0 to 1439.
    #[must_use]
    pub const fn from_minute(self) -> u16 {
        self.from
    }

    /// Minutes after midnight on the clock on the wall, up to 1440 (`24:00`). Exclusive.
    #[must_use]
    pub const fn until_minute(self) -> u16 {
        self.until
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, until) = (self.from, self.until);
        write!(f, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, until / 60, until % 60)
    }
}

/// One day's opening hours, for example `08:00-12:00, 13:00-15:30`. Spans are in order and do not
/// overlap; a visit stays within one span.
///
/// At least one span. Two spans that touch are still two: no visit goes across the border.
///
/// ```
/// use calendar::Hours;
///
/// let hours: Hours = "8:00-12:00,13:00 - 15:30".parse()?;
/// assert_eq!(hours.to_string(), "08:00-12:00, 13:00-15:30");
/// assert!("22:00-02:00".parse::<Hours>().is_err(), "hours stay within a day");
/// # Ok::<(), calendar::InvalidHours>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hours(Vec<Span>);

impl Hours {
    /// The spans, earliest first.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.0
    }
}

/// A text that is not opening hours.
///
/// Each carries the span as it was written and says what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidHours {
    /// Not of the form `HH:MM-HH:MM`.
    #[error("`{0}` is not a span of hours; write for example `08:00-12:00, 13:00-15:30`")]
    Malformed(String),
    /// Ends before it begins.
    #[error("`{0}` ends before it begins; hours stay within one day and may end at 24:00")]
    Backwards(String),
    /// Begins before the previous one ended.
    #[error("`{0}` begins before the previous span ended; write spans in order")]
    OutOfOrder(String),
}

/// Blanks around times and commas do not matter; a leading zero of the hour may be left out.
impl FromStr for Hours {
    type Err = InvalidHours;

    fn from_str(text: &str) -> Result<Self, InvalidHours> {
        let mut spans = Vec::<Span>::new();
        for part in text.split(',').map(str::trim) {
            let span = parse_span(part)?;
            if spans.last().is_some_and(|previous| span.from < previous.until) {
                return Err(InvalidHours::OutOfOrder(part.to_owned()));
            }
            spans.push(span);
        }
        Ok(Self(spans))
    }
}

/// One span. Equal times are refused as backwards: an empty span opens nothing.
fn parse_span(text: &str) -> Result<Span, InvalidHours> {
    let malformed = || InvalidHours::Malformed(text.to_owned());
    let (from, until) = text.split_once('-').ok_or_else(malformed)?;
    let from = parse_time(from.trim()).ok_or_else(malformed)?;
    let until = parse_time(until.trim()).ok_or_else(malformed)?;
    if from < until {
        Ok(Span { from, until })
    } else {
        Err(InvalidHours::Backwards(text.to_owned()))
    }
}

/// Minutes after midnight of `H:MM`, `HH:MM` or `24:00`.
///
/// Strict where a slip is likely: minutes have two digits, no sign, no seconds, nothing after
/// 24:00. `None` for anything else.
pub(crate) fn parse_time(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=2).contains(&hour.len()) || minute.len() != 2 || !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute) = (hour.parse::<u16>().ok()?, minute.parse::<u16>().ok()?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= MINUTES_PER_DAY).then_some(total)
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, span) in self.0.iter().enumerate() {
            write!(f, "{}{span}", if index == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl JsonSchema for Hours {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Hours".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // Short, since Helm shows it to admins; the reader refuses 25:00.
        let span = r"\d?\d:\d\d ?- ?\d?\d:\d\d";
        json_schema!({
            "type": "string",
            "description": "Opening hours of a day in local time; a visit stays within one span.",
            "pattern": format!("^{span}( ?, ?{span})*$"),
            "examples": ["08:00-15:00", "08:00-12:00, 13:00-15:30"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_read_as_people_write_them() {
        let hours: Hours = "8:00 - 12:00,13:00-24:00".parse().unwrap();
        assert_eq!(hours.to_string(), "08:00-12:00, 13:00-24:00");
        assert_eq!(hours.spans()[0].from_minute(), 480);
        assert_eq!(hours.spans()[1].until_minute(), 1440);
    }

    #[test]
    fn nonsense_is_refused_with_the_way_out() {
        for text in [
            "",
            "8-12",
            "08:00",
            "08:00-25:00",
            "08:60-09:00",
            "8:0-9:00",
            "+8:00-9:00",
            "08:00-24:01",
        ] {
            assert!(matches!(text.parse::<Hours>(), Err(InvalidHours::Malformed(_))), "{text}");
        }
        for text in ["12:00-08:00", "08:00-08:00", "22:00-02:00"] {
            assert!(matches!(text.parse::<Hours>(), Err(InvalidHours::Backwards(_))), "{text}");
        }
        for text in ["13:00-15:00, 08:00-12:00", "08:00-12:00, 11:00-13:00"] {
            assert!(matches!(text.parse::<Hours>(), Err(InvalidHours::OutOfOrder(_))), "{text}");
        }
    }
}
