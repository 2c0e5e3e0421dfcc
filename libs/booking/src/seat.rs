//! Time at a desk.
//!
//! The smallest thing that can be given away. It names neither a person nor a service: those
//! belong to what reserves it (see [`Reservation`](crate::Reservation)).

use calendar::Desk;
use ids::LocationId;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// Time at a desk: what a hold holds and a booking books (FHIR: *Slot*).
///
/// Absolute time, so that a seat means the same whatever the catalogue says: the grid of a day only
/// decides what is offered. Starts and ends at full minutes and within one local day of the
/// location, of which both are properties of every opening rule.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Seat {
    /// The location.
    pub location: LocationId,
    /// Which desk.
    pub desk: Desk,
    /// When it begins.
    ///
    /// UTC, at a full minute.
    pub start: Timestamp,
    /// When it ends; not part of it.
    ///
    /// UTC, at a full minute, after `start`.
    pub end: Timestamp,
}

impl Seat {
    /// Whether both cannot be given to two people.
    ///
    /// Half-open, as everywhere: a seat may begin when the one before it ends. The database's
    /// exclusion constraint on reservations says the same.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.location == other.location
            && self.desk == other.desk
            && self.start < other.end
            && other.start < self.end
    }

    /// How long it is.
    ///
    /// Whole minutes of elapsed time; 0 if the end is before the start. It is what the rule
    /// [`seat_minutes`](crate::rules::seat_minutes) counts.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        let minutes = self.end.duration_since(self.start).as_mins();
        u32::try_from(minutes).unwrap_or(0)
    }

    /// The local day on which it begins.
    ///
    /// `zone` is that of the location, Europe/Berlin: 23:30 UTC on a winter evening is the next
    /// day.
    #[must_use]
    pub fn date(&self, zone: &TimeZone) -> Date {
        zone.to_datetime(self.start).date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seat(desk: u8, start: &str, end: &str) -> Seat {
        Seat {
            location: "mitte".parse().unwrap(),
            desk: Desk::new(desk).unwrap(),
            start: start.parse().unwrap(),
            end: end.parse().unwrap(),
        }
    }

    #[test]
    fn seats_overlap_at_one_desk_only_and_not_where_one_ends_and_the_next_begins() {
        let eight = seat(0, "2027-01-11T07:00:00Z", "2027-01-11T07:30:00Z");
        let within = seat(0, "2027-01-11T07:20:00Z", "2027-01-11T07:25:00Z");
        let after = seat(0, "2027-01-11T07:30:00Z", "2027-01-11T07:45:00Z");
        assert!(eight.overlaps(&within) && within.overlaps(&eight) && eight.overlaps(&eight));
        assert!(!eight.overlaps(&after) && !after.overlaps(&eight));
        let beside = Seat { desk: Desk::new(1).unwrap(), ..eight.clone() };
        let elsewhere = Seat { location: "pankow".parse().unwrap(), ..eight.clone() };
        assert!(!eight.overlaps(&beside) && !eight.overlaps(&elsewhere));
        assert_eq!(eight.minutes(), 30);
    }

    #[test]
    fn the_day_of_a_seat_is_the_local_one() {
        let berlin = ambient::berlin();
        let just_after_midnight = seat(0, "2027-01-10T23:00:00Z", "2027-01-10T23:30:00Z");
        assert_eq!(just_after_midnight.date(&berlin).to_string(), "2027-01-11");
    }
}
