//! One location's local day, and the minutes in it.
//!
//! The day is the unit in which holds are stored, locked, loaded and compared with the
//! database: a key, a script call and a snapshot each are of one location and one date.
//! [`LocalDay`] translates between seats, which are absolute, and the minutes of that day.

use calendar::{DayPlan, Desk};
use ids::LocationId;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use crate::Seat;

/// One location's local day.
///
/// A location and a date determine it; `starts_at` is beside them because it is needed all the
/// time and follows from the zone. Make it by a constructor, so that the three agree.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalDay {
    /// The location.
    pub location: LocationId,
    /// Which day.
    ///
    /// By the clock of the location, Europe/Berlin.
    pub date: Date,
    /// The instant of local midnight, at which it begins.
    ///
    /// Midnight exists on each day in Berlin: its clocks change at 02:00 and 03:00.
    pub starts_at: Timestamp,
}

/// Some minutes of a local day, counted from local midnight in *elapsed* time, so that a day has
/// 23, 24 or 25 hours of them.
///
/// Half-open, so spans that touch do not overlap. Its length is `until` less `from`; one with
/// `until` at or before `from` is empty.
///
/// ```
/// use booking::Span;
///
/// let (eight, half_past) = (Span { from: 480, until: 510 }, Span { from: 510, until: 540 });
/// assert!(!eight.overlaps(half_past));
/// assert_eq!(eight.minutes(), 30);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first minute.
    pub from: u16,
    /// The first minute after it.
    pub until: u16,
}

impl Span {
    /// How many minutes there are in the longest day, of 25 hours.
    ///
    /// That of the last Sunday in October.
    pub const LONGEST_DAY: u16 = 25 * 60;

    /// Whether both have a minute in common.
    ///
    /// Overlap is symmetric. It says nothing of desks: compare those, too.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.from < other.until && other.from < self.until
    }

    /// How many minutes it has.
    ///
    /// 0 for an empty span.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.until.saturating_sub(self.from)
    }
}

impl LocalDay {
    /// The day `date` at `location`, by the clocks of `zone`.
    ///
    /// `zone` is a parameter since tests and the slot service keep one at hand: to look it up
    /// costs more than the arithmetic.
    #[must_use]
    pub fn new(location: LocationId, date: Date, zone: &TimeZone) -> Self {
        let midnight = date.to_zoned_datetime(zone.clone());
        let starts_at = midnight.map_or(Timestamp::MAX, |midnight| midnight.timestamp());
        Self { location, date, starts_at }
    }

    /// The day of a plan.
    ///
    /// Without a zone: the plan knows its midnight.
    #[must_use]
    pub fn of(location: &LocationId, plan: &DayPlan) -> Self {
        Self { location: location.clone(), date: plan.date, starts_at: plan.starts_at }
    }

    /// The day of a seat.
    ///
    /// That on which it begins; a seat never goes beyond it.
    #[must_use]
    pub fn of_seat(seat: &Seat, zone: &TimeZone) -> Self {
        Self::new(seat.location.clone(), seat.date(zone), zone)
    }

    /// When a minute begins.
    ///
    /// The inverse of [`span_of`](Self::span_of) for seats on full minutes. Minutes of the next
    /// day are counted on.
    #[must_use]
    pub fn time_of(&self, minute: u16) -> Timestamp {
        let elapsed = SignedDuration::from_mins(i64::from(minute));
        self.starts_at.saturating_add(elapsed).unwrap_or(Timestamp::MAX)
    }

    /// Time at a desk on this day.
    ///
    /// `desk` and location come together only here, so a seat cannot name another location's
    /// desk by accident.
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
    ///
    /// Rounded outwards to full minutes: a seat that came from elsewhere takes each minute that
    /// it touches. What lies before or after the day is cut off; a seat of another day yields
    /// an empty span.
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
