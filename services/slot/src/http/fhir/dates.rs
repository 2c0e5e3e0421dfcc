//! Dates in searches (FHIR R4 section 3.1.1.4.5): a value stands for the whole time that it names, and a
//! prefix says on which side of it something is.

use std::{str::FromStr, sync::LazyLock};

use jiff::{
    SignedDuration, Timestamp, ToSpan as _,
    civil::{Date, date},
    tz::TimeZone,
};

static BERLIN: LazyLock<TimeZone> = LazyLock::new(ambient::berlin);

const WRONG: &str = "must be a year, a month, a day or an instant with its offset, such as 2027, 2027-01, 2027-01-05 \
    or 2027-01-05T09:00:00+01:00 (`+` is written `%2B` in an address), with one of the prefixes eq, ge, gt, le, lt, sa, eb or none";

/// The time that a value names, from its first instant to the one after its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) first: Timestamp,
    pub(super) end: Timestamp,
}

impl Named {
    /// Time ends a day before the calendar does: what lies behind it is at the end.
    fn days(from: Date, to: Date) -> Self {
        let begins =
            |date: Date| BERLIN.to_timestamp(date.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX);
        Self { first: begins(from), end: begins(to) }
    }

    /// Whether it names less than a day.
    pub(super) fn is_instant(self) -> bool {
        self.end.duration_since(self.first) <= SignedDuration::from_mins(1)
    }

    fn instant(text: &str) -> Option<Self> {
        let (minutes, rest) = text.split_at_checked("2027-01-05T09:00".len())?;
        let has_shape = minutes
            .bytes()
            .zip("0000-00-00T00:00".bytes())
            .all(|(it, shape)| if shape == b'0' { it.is_ascii_digit() } else { it == shape });
        let (seconds, zone) = rest.split_at(rest.find(['Z', '+', '-'])?);
        let lasts = match seconds.as_bytes() {
            [] => SignedDuration::from_mins(1),
            [b':', _, _] => SignedDuration::from_secs(1),
            [b':', _, _, b'.', ..] => SignedDuration::from_millis(1),
            _ => return None,
        };
        let whole =
            if seconds.is_empty() { format!("{minutes}:00{zone}") } else { text.to_owned() };
        let first: Timestamp = whole.parse().ok().filter(|_| has_shape && is_zone(zone))?;
        Some(Self { first, end: first.saturating_add(lasts).ok()? })
    }
}

/// `Z`, or an offset that exists: the library knows larger ones.
fn is_zone(zone: &str) -> bool {
    let offset = || {
        let (hours, minutes) = zone.get(1..)?.split_once(':')?;
        let number = |text: &str| text.parse::<u8>().ok().filter(|_| text.len() == 2);
        Some(number(hours)? <= 14 && number(minutes)? <= 59)
    };
    zone == "Z" || offset().unwrap_or(false)
}

impl FromStr for Named {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| text.parse::<i16>().ok();
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let named = match text.len() {
            4 if text.bytes().all(|byte| byte.is_ascii_digit()) => number(text)
                .and_then(|year| Date::new(year, 1, 1).ok())
                .map(|first| Self::days(first, first.saturating_add(1.year()))),
            7 if is_plain => {
                let first: Option<Date> = format!("{text}-01").parse().ok();
                first.map(|first| Self::days(first, first.saturating_add(1.month())))
            }
            10 if is_plain => {
                let day: Option<Date> = text.parse().ok();
                day.map(|day| Self::days(day, day.tomorrow().unwrap_or(Date::MAX)))
            }
            17.. => Self::instant(text),
            _ => None,
        };
        named.ok_or(WRONG)
    }
}

/// One value of a search with its prefix: from when and until when it lets something begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bound {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl FromStr for Bound {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (prefix, value) = match text.split_at_checked(2) {
            Some((prefix, value)) if prefix.bytes().all(|byte| byte.is_ascii_lowercase()) => {
                (prefix, value)
            }
            _ => ("eq", text),
        };
        let Named { first, end } = value.parse()?;
        let (from, until) = match prefix {
            "eq" => (Some(first), Some(end)),
            "ge" => (Some(first), None),
            "gt" | "sa" => (Some(end), None),
            "lt" | "eb" => (None, Some(first)),
            "le" => (None, Some(end)),
            _ => return Err(WRONG),
        };
        Ok(Self { from, until })
    }
}

/// All values of a search together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Range {
    /// Not earlier.
    pub(super) from: Option<Timestamp>,
    /// Earlier than this.
    pub(super) until: Option<Timestamp>,
}

impl Range {
    pub(super) fn of(bounds: &[Bound]) -> Self {
        Self {
            from: bounds.iter().filter_map(|bound| bound.from).max(),
            until: bounds.iter().filter_map(|bound| bound.until).min(),
        }
    }

    pub(super) fn contains(self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at < until)
    }
}

/// The local days from an instant to the one before `until`.
pub(super) fn local_days(from: Timestamp, until: Timestamp) -> impl Iterator<Item = Date> {
    let day = |at: Timestamp| BERLIN.to_datetime(at).date();
    let last = day(until.saturating_sub(SignedDuration::from_millis(1)).unwrap_or(until));
    let first = if from < until { day(from) } else { date(9999, 12, 31) };
    first.series(1.day()).take_while(move |day| *day <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(values: &[&str]) -> Result<String, &'static str> {
        let bounds: Result<Vec<Bound>, _> = values.iter().map(|value| value.parse()).collect();
        let Range { from, until } = Range::of(&bounds?);
        let told = |at: Option<Timestamp>| at.map_or("-".to_owned(), |at| at.to_string());
        Ok(format!("{} {}", told(from), told(until)))
    }

    #[test]
    fn a_value_stands_for_all_of_its_time() {
        let cases: [(&[&str], &str); 16] = [
            (&["2027-01-05"], "2027-01-04T23:00:00Z 2027-01-05T23:00:00Z"),
            (&["eq2027-01"], "2026-12-31T23:00:00Z 2027-01-31T23:00:00Z"),
            (&["2027"], "2026-12-31T23:00:00Z 2027-12-31T23:00:00Z"),
            (&["ge2027-01-05"], "2027-01-04T23:00:00Z -"),
            (&["gt2027-01-05"], "2027-01-05T23:00:00Z -"),
            (&["sa2027-01"], "2027-01-31T23:00:00Z -"),
            (&["lt2027-01-05"], "- 2027-01-04T23:00:00Z"),
            (&["eb2027-01-05"], "- 2027-01-04T23:00:00Z"),
            (&["le2027-01-05"], "- 2027-01-05T23:00:00Z"),
            (&["ge2027-01-05T15:00+01:00"], "2027-01-05T14:00:00Z -"),
            (&["gt2027-01-05T14:00:00Z"], "2027-01-05T14:00:01Z -"),
            (&["2027-01-05T14:00Z"], "2027-01-05T14:00:00Z 2027-01-05T14:01:00Z"),
            (&["ge2027-01-05T14:00:00.5Z"], "2027-01-05T14:00:00.5Z -"),
            (
                &["ge2027-01-05", "lt2027-01-08", "ge2027-01-04"],
                "2027-01-04T23:00:00Z 2027-01-07T23:00:00Z",
            ),
            (&["2027-03-28"], "2027-03-27T23:00:00Z 2027-03-28T22:00:00Z"),
            (&[], "- -"),
        ];
        for (values, expected) in cases {
            assert_eq!(range(values).as_deref(), Ok(expected), "{values:?}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused_and_nothing_is_cut() {
        for wrong in [
            "",
            "ge",
            "morgen",
            "ne2027-01-05",
            "ap2027",
            "2027-1-5",
            "2027-02-30",
            "2027-01-05T09:00:00",
            "2027-01-05T09:00:00 01:00",
            "2027-01-05 09:00:00Z",
            "20270105T090000Z",
            "ge2027-01-05T09Z",
            "2027-01-05T09:00:00+25:00",
            "2027-01-05T09:00:00[Europe/Berlin]",
            "2027-01-05T9:00:00Z",
            "GE2027",
            "2027-01-05T09:00:0Z",
            "2027-01-05T09:00:00+01:00[Europe/Berlin]",
            "\u{e4}2027-01-05T09:00:00Z",
        ] {
            assert!(range(&[wrong]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn days_end_before_the_end() {
        let days = |from: &str, until: &str| {
            local_days(from.parse().unwrap(), until.parse().unwrap()).count()
        };
        assert_eq!(days("2027-01-04T23:00:00Z", "2027-01-05T23:00:00Z"), 1);
        assert_eq!(days("2027-01-05T14:00:00Z", "2027-01-05T23:00:01Z"), 2);
        assert_eq!(days("2027-01-05T14:00:00Z", "2027-01-05T14:00:00Z"), 0);
        assert_eq!(days("2027-01-06T14:00:00Z", "2027-01-05T14:00:00Z"), 0);
    }
}
