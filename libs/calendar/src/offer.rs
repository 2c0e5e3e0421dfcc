//! What is offered while it is open: slots, desks, booking window.
//!
//! The parts that weekly rules and exceptions share, as an admin writes them. Counts become
//! desks ([`DeskCounts::sets`]), days become instants ([`Bookable`] to [`BookingWindow`]).

use std::borrow::Cow;

use jiff::{ToSpan, civil::Date};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{BookingWindow, Desk, DeskSet, hours::parse_time, wall_time};

/// How many desks each channel may use (ZMS: `workstationCount`). The counts are cumulative, as in
/// ZMS: of 8 desks for staff, 6 may be for the phone too, and 5 of these for the public.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct DeskCounts {
    /// Desks for citizens and agencies over the internet (ZMS: `public`). Default: as many as for
    /// staff.
    #[schemars(range(max = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public: Option<u8>,
    /// Desks for the public service number 115, those of `public` included (ZMS: `callcenter`).
    /// Default: as many as for the public.
    #[schemars(range(max = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<u8>,
    /// Desks for the office's own staff, those of `phone` included (ZMS: `intern`). Default: all
    /// desks.
    #[schemars(range(max = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff: Option<u8>,
    /// Take the desks from these numbers, lowest first. Default: all desks of the location. Lets
    /// two rules be open at the same time on different desks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<DeskNumbers>,
}

impl DeskCounts {
    /// The desks for public, phone and staff, out of a location's desks.
    ///
    /// In this order: public, phone, staff, each a subset of the next. Nothing fails here: a
    /// count that is too great yields as many desks as there are, and a lower count for staff
    /// than for the public cuts the public's. Both are refused when a catalogue is read.
    #[must_use]
    pub fn sets(&self, all: DeskSet) -> [DeskSet; 3] {
        let pool = self.only.as_ref().map_or(all, |only| only.0.intersection(all));
        let staff = self.staff.map_or(pool, |count| pool.lowest_n(count));
        let public = self.public.map_or(staff, |count| staff.lowest_n(count));
        let phone = self.phone.map_or(public, |count| staff.lowest_n(count).union(public));
        [public, phone, staff]
    }
}

/// Desk numbers as people count them, from 1; a range is a text: `[1, 2, "5-8"]`.
///
/// Never empty in a catalogue, which refuses that. Written back, each desk stands by itself:
/// `[1, 2, 5, 6, 7, 8]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskNumbers(pub DeskSet);

/// One element of the list, as it was written. A number beyond 64 is read, so that the error
/// can name it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    One(u64),
    Range(String),
}

impl Entry {
    /// # Errors
    /// A number is not 1 to 64, or a range runs backwards; the text says what is allowed.
    fn desks(self) -> Result<DeskSet, String> {
        let (first, last, text) = match self {
            Self::One(number) => {
                (u8::try_from(number).ok(), u8::try_from(number).ok(), number.to_string())
            }
            Self::Range(text) => {
                let (first, last) = text.split_once('-').unwrap_or((&text, &text));
                (first.trim().parse().ok(), last.trim().parse().ok(), text.clone())
            }
        };
        let desk = |number: Option<u8>| number.and_then(Desk::from_number);
        match (desk(first), desk(last)) {
            (Some(first), Some(last)) if first <= last => {
                Ok(DeskSet::first(last.number()).without(DeskSet::first(first.index())))
            }
            _ => Err(format!(
                "`{text}` is not a desk; desks are numbered 1 to 64, a range is written \"5-8\""
            )),
        }
    }
}

impl<'de> Deserialize<'de> for DeskNumbers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = Vec::<Entry>::deserialize(deserializer)?;
        let mut set = DeskSet::EMPTY;
        for entry in entries {
            set = set.union(entry.desks().map_err(D::Error::custom)?);
        }
        Ok(Self(set))
    }
}

impl Serialize for DeskNumbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Desk::number))
    }
}

impl JsonSchema for DeskNumbers {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "DeskNumbers".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array",
            "description": "Desk numbers as people count them, from 1; a range is a text.",
            "items": { "oneOf": [
                { "type": "integer", "minimum": 1, "maximum": 64 },
                { "type": "string", "pattern": "^[0-9]{1,2} *- *[0-9]{1,2}$" },
            ]},
            "minItems": 1,
            "examples": [[1, 2, "5-8"]],
        })
    }
}

/// From when to when a day can be booked (ZMS: `bookable`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct Bookable {
    /// The public may book until the end of the day that is this many days before (ZMS:
    /// `startInDays`). 0: on the day itself. Staff may book until the slot begins.
    #[schemars(range(max = 365))]
    pub from_days: u16,
    /// A day can be booked this many days ahead (ZMS: `endInDays`).
    #[schemars(range(max = 730))]
    pub to_days: u16,
    /// The time of day at which a new day opens for booking. Default: the hour at which it opens
    /// its doors (as ZMS does), and midnight if `toDays` is 0: else its first slot could never be
    /// booked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<TimeOfDay>,
}

/// What a rule or an exception states of its booking window. Each field that it leaves out is that of
/// the location (ZMS: `null` in `bookable`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct OwnBookable {
    /// As at the location. Default: what the location says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = 365))]
    pub from_days: Option<u16>,
    /// As at the location. Default: what the location says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = 730))]
    pub to_days: Option<u16>,
    /// As at the location. Default: what the location says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<TimeOfDay>,
}

impl OwnBookable {
    /// The window that holds: this laid over that of the `location`, field by field.
    #[must_use]
    pub fn over(self, location: Bookable) -> Bookable {
        Bookable {
            from_days: self.from_days.unwrap_or(location.from_days),
            to_days: self.to_days.unwrap_or(location.to_days),
            opens_at: self.opens_at.or(location.opens_at),
        }
    }
}

/// Set once per location (`bookable`), so that a rule states only what differs.
impl Default for Bookable {
    /// From tomorrow to 60 days ahead, ZMS's own defaults.
    fn default() -> Self {
        Self { from_days: 1, to_days: 60, opens_at: None }
    }
}

impl Bookable {
    /// The window of a session on `date` whose doors open at `opening_minute` after midnight.
    ///
    /// `opens` is a wall time of an earlier day, which may have another offset: it is read by
    /// that day's clock. `closes` is the midnight at the end of the last day on which the
    /// public may book; with `from_days` 0 it is the midnight after the visit itself, and the
    /// rule `bookingWindow` refuses what has begun.
    ///
    /// `opening_minute` is that of the day's first span, so all spans of a day open for booking
    /// together.
    pub(crate) fn window(&self, date: Date, opening_minute: u16) -> BookingWindow {
        let before = |days: u16| date.saturating_sub(i64::from(days).days());
        let opens_at = match self.opens_at {
            Some(time) => time.0,
            None if self.to_days == 0 => 0,
            None => opening_minute,
        };
        let last_day = before(self.from_days);
        BookingWindow {
            opens: wall_time::instant(before(self.to_days), opens_at),
            closes: wall_time::instant(last_day, 24 * 60),
        }
    }
}

/// A time on the clock on the wall, for example `"07:00"`.
///
/// Minutes after midnight, 0 to 1439. On the nights of a clock change it is read as the
/// calendar's other wall times are: a time that is missing means the moment of the change, one
/// that occurs twice the first of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// As a wall time.
    #[must_use]
    pub fn time(self) -> jiff::civil::Time {
        let part = |minutes: u16| i8::try_from(minutes).unwrap_or(0);
        jiff::civil::time(part(self.0 / 60), part(self.0 % 60), 0, 0)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let minute = parse_time(&text).filter(|minute| *minute < 24 * 60);
        minute.map(Self).ok_or_else(|| {
            D::Error::custom(format!("`{text}` is not a time of day; write for example \"07:00\""))
        })
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:02}:{:02}", self.0 / 60, self.0 % 60))
    }
}

impl JsonSchema for TimeOfDay {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "TimeOfDay".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9]$",
            "examples": ["07:00"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(count: u8) -> DeskSet {
        DeskSet::first(count)
    }

    #[test]
    fn counts_are_cumulative_and_have_sensible_defaults() {
        let counts = |public, phone, staff| DeskCounts { public, phone, staff, only: None };
        let all = first(8);
        assert_eq!(counts(None, None, None).sets(all), [all, all, all]);
        assert_eq!(counts(Some(5), None, None).sets(all), [first(5), first(5), all]);
        assert_eq!(counts(Some(3), Some(4), Some(6)).sets(all), [first(3), first(4), first(6)]);
        assert_eq!(
            counts(Some(0), None, Some(2)).sets(all),
            [DeskSet::EMPTY, DeskSet::EMPTY, first(2)]
        );
        // More than there are is as many as there are (and a mistake that the catalogue refuses).
        assert_eq!(counts(Some(9), Some(1), Some(70)).sets(all), [all, all, all]);
    }

    #[test]
    fn counts_can_be_taken_from_named_desks() {
        let only = Some(DeskNumbers(DeskSet::from_bits(0b1011_0000)));
        let counts = DeskCounts { public: Some(2), only, ..DeskCounts::default() };
        let [public, _, staff] = counts.sets(first(8));
        assert_eq!((public.bits(), staff.bits()), (0b0011_0000, 0b1011_0000));
    }

    #[test]
    fn a_rule_states_single_fields_and_the_rest_is_the_locations() {
        let location = Bookable { from_days: 1, to_days: 28, opens_at: Some(TimeOfDay(420)) };
        assert_eq!(OwnBookable::default().over(location), location);
        let today = OwnBookable { from_days: Some(0), ..OwnBookable::default() };
        assert_eq!(today.over(location), Bookable { from_days: 0, ..location });
        let later = OwnBookable { opens_at: Some(TimeOfDay(600)), ..OwnBookable::default() };
        assert_eq!(later.over(location), Bookable { opens_at: Some(TimeOfDay(600)), ..location });
    }

    #[test]
    fn the_window_opens_at_the_stated_time_and_closes_at_midnight() {
        let bookable = Bookable { from_days: 2, to_days: 14, opens_at: Some(TimeOfDay(7 * 60)) };
        let window = bookable.window("2027-04-05".parse().unwrap(), 9 * 60);
        // 22 March is before the change to summer time, 3 April after it.
        assert_eq!(window.opens.to_string(), "2027-03-22T06:00:00Z");
        assert_eq!(window.closes.to_string(), "2027-04-03T22:00:00Z");
        let window =
            Bookable { opens_at: None, ..bookable }.window("2027-04-05".parse().unwrap(), 9 * 60);
        assert_eq!(window.opens.to_string(), "2027-03-22T08:00:00Z");
    }
}
