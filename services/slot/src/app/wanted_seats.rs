//! Wishes, in the words of the API.

use booking::Seat;
use ids::LocationId;
use jiff::{
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

/// A set of seats that are equally welcome. What is empty or `None` excludes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedSeats {
    /// At one of these locations.
    pub locations: Vec<LocationId>,
    /// On this day or later.
    pub from: Option<Date>,
    /// On this day or earlier.
    pub until: Option<Date>,
    /// On these days of the week, 1 is Monday.
    pub weekdays: Vec<u8>,
    /// Not on these days.
    pub except: Vec<Date>,
    /// The visit starts at this time of day or later.
    pub after: Option<Time>,
    /// The visit ends at this time of day or earlier.
    pub before: Option<Time>,
}

impl WantedSeats {
    /// Whether a seat is one of the set.
    #[must_use]
    pub fn allows(&self, seat: &Seat, zone: &TimeZone) -> bool {
        if !self.allows_at(&seat.location) {
            return false;
        }
        let (from, until) = (zone.to_datetime(seat.start), zone.to_datetime(seat.end));
        let day = from.date();
        self.allows_on(day)
            && self.after.is_none_or(|after| after <= from.time())
            && self.before.is_none_or(|before| until.date() == day && until.time() <= before)
    }

    /// Whether seats at a location can be of the set.
    #[must_use]
    pub fn allows_at(&self, location: &LocationId) -> bool {
        self.locations.is_empty() || self.locations.contains(location)
    }

    /// Whether seats on a day can be of the set.
    #[must_use]
    pub fn allows_on(&self, day: Date) -> bool {
        let weekday = u8::try_from(day.weekday().to_monday_one_offset()).unwrap_or(0);
        self.from.is_none_or(|first| first <= day)
            && self.until.is_none_or(|last| day <= last)
            && (self.weekdays.is_empty() || self.weekdays.contains(&weekday))
            && !self.except.contains(&day)
    }
}

/// Wishes that cannot be meant, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct WishesInvalid(pub String);
