//! One location's local day, and the minutes in it.

use calendar::{DayPlan, Desk};
use ids::LocationId;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use crate::Seat;

/// One location's local day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalDay {
    /// Where.
    pub location: LocationId,
    /// Which day.
    pub date: Date,
    /// The instant of local midnight, at which it begins.
    pub starts_at: Timestamp,
}

/// Some minutes of a local day, counted from local midnight in *elapsed* time, so that a day has
/// 23, 24 or 25 hours of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first minute.
    pub from: u16,
    /// The first minute after it.
    pub until: u16,
}

impl Span {
    /// How many minutes there are in the longest day, of 25 hours.
    pub const LONGEST_DAY: u16 = 25 * 60;

    /// Whether both have a minute in common.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.from < other.until && other.from < self.until
    }

    /// How many minutes it has.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.until.saturating_sub(self.from)
    }
}

impl LocalDay {
    /// The day `date` at `location`, by the clocks of `zone`.
    #[must_use]
    pub fn new(location: LocationId, date: Date, zone: &TimeZone) -> Self {
        let midnight = date.to_zoned_datetime(zone.clone());
        let starts_at = midnight.map_or(Timestamp::MAX, |midnight| midnight.timestamp());
        Self { location, date, starts_at }
    }

    /// The day of a plan.
    #[must_use]
    pub fn of(location: &LocationId, plan: &DayPlan) -> Self {
        Self { location: location.clone(), date: plan.date, starts_at: plan.starts_at }
    }

    /// The day of a seat.
    #[must_use]
    pub fn of_seat(seat: &Seat, zone: &TimeZone) -> Self {
        Self::new(seat.location.clone(), seat.date(zone), zone)
    }

    /// When a minute begins.
    #[must_use]
    pub fn time_of(&self, minute: u16) -> Timestamp {
        let elapsed = SignedDuration::from_mins(i64::from(minute));
        self.starts_at.saturating_add(elapsed).unwrap_or(Timestamp::MAX)
    }

    /// Time at a desk on this day.
    #[must_use]
    pub fn seat(&self, span: Span, desk: Desk) -> Seat {
        Seat {
            location: self.location.clone(),
            desk,
            start: self.time_of(span.from),
            end: self.time_of(span.until),
        }
    }

    /// The minutes that a seat touches, as far as they are on this day.
    #[must_use]
    pub fn span_of(&self, seat: &Seat) -> Span {
        let minute = |instant: Timestamp, round_up: i64| {
            let seconds = instant.duration_since(self.starts_at).as_secs();
            let minute = (seconds + round_up).div_euclid(60);
            u16::try_from(minute.clamp(0, i64::from(Span::LONGEST_DAY))).unwrap_or(0)
        };
        Span { from: minute(seat.start, 0), until: minute(seat.end, 59) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(date: &str) -> LocalDay {
        let berlin = ambient::berlin();
        LocalDay::new("mitte".parse().unwrap(), date.parse().unwrap(), &berlin)
    }

    #[test]
    fn seats_and_minutes_translate_both_ways_on_days_of_any_length() {
        let desk = Desk::new(3).unwrap();
        for date in ["2027-01-11", "2027-03-28", "2027-10-31"] {
            let day = day(date);
            for from in [0, 1, 119, 120, 180, 1_379] {
                let span = Span { from, until: from + 25 };
                let seat = day.seat(span, desk);
                assert_eq!((day.span_of(&seat), seat.minutes()), (span, 25), "{date}");
            }
        }
    }

    #[test]
    fn what_is_not_at_full_minutes_is_rounded_outwards() {
        let day = day("2027-01-11");
        let seat = Seat {
            location: day.location.clone(),
            desk: Desk::new(0).unwrap(),
            start: day.time_of(8) + SignedDuration::from_secs(30),
            end: day.time_of(9) + SignedDuration::from_secs(1),
        };
        assert_eq!(day.span_of(&seat), Span { from: 8, until: 10 });
    }
}
