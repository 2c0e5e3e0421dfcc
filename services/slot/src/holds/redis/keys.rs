//! Names of keys.
//!
//! All keys of one authority share the hash tag `{ft:<authority>}`, so that a cluster keeps them
//! on one node and a script may use several. All but `epoch` carry the epoch in their name: a
//! rebuild starts in an empty place, whatever an accident left behind, and what is left expires.
//!
//! Processes that know different formats do not see each other's holds: while a new version is
//! rolled out the same seat may be held in both. The database decides, as after a loss.

use ids::{AuthorityId, BookingId, GroupId, LocationId, Pseudonym};
use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};

/// The number of the format of all that is kept under these names.
const FORMAT: u8 = 2;

/// Key names of one authority in one epoch.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    pub epoch: String,
    /// The epoch itself.
    pub current: String,
}

impl Keys {
    pub fn epoch_key(authority: &AuthorityId) -> String {
        format!("{}:epoch", place(authority))
    }

    pub fn rebuilding_key(authority: &AuthorityId) -> String {
        format!("{}:rebuilding", place(authority))
    }

    pub fn new(authority: &AuthorityId, epoch: &str) -> Self {
        Self { epoch: format!("{}:{epoch}", place(authority)), current: epoch.to_owned() }
    }

    /// The marks of a day: a string, see `seat.lua`.
    pub fn day(&self, location: &LocationId, date: Date) -> String {
        format!("{}:day:{location}:{date}", self.epoch)
    }

    /// The marks that end by themselves: a sorted set, see `seat.lua`.
    pub fn ends(&self, location: &LocationId, date: Date) -> String {
        format!("{}:ends:{location}:{date}", self.epoch)
    }

    /// What people hold: with the number of an hour behind it, a hash; see `seat.lua`.
    pub fn holding(&self) -> String {
        format!("{}:holding:", self.epoch)
    }

    /// The active booking of a person in a group.
    pub fn booked(&self, person: Pseudonym, group: &GroupId) -> String {
        format!("{}:booked:{person}:{group}", self.epoch)
    }

    /// Exists once a booking no longer binds its person: see `settle.lua`.
    pub fn ended(&self, booking: BookingId) -> String {
        format!("{}:ended:{booking}", self.epoch)
    }

    /// Exists while it is not clear which booking set a mark of the day.
    pub fn contested(&self, location: &LocationId, date: Date) -> String {
        format!("{}:contested:{location}:{date}", self.epoch)
    }

    /// A hash: of each day's name how often its bookings changed.
    pub fn days(&self) -> String {
        format!("{}:days", self.epoch)
    }

    /// A hash: by the name of a day whose marks end by themselves, when the first does.
    pub fn first_ends(&self) -> String {
        format!("{}:first-ends", self.epoch)
    }

    /// Counts what was ever told in the feed.
    pub fn version(&self) -> String {
        format!("{}:version", self.epoch)
    }

    /// The list of what was told last: each the names of days that changed, parted by spaces.
    pub fn feed(&self) -> String {
        format!("{}:feed", self.epoch)
    }
}

fn place(authority: &AuthorityId) -> String {
    format!("{{ft:{authority}}}:{FORMAT}")
}

/// What [`Keys::holding`] calls a person in a group.
pub(super) fn holder(person: Pseudonym, group: &GroupId) -> String {
    format!("{person}:{group}")
}

/// What [`Keys::days`] and [`Keys::feed`] call a day.
pub(super) fn day_name(location: &LocationId, date: Date) -> String {
    format!("{location}/{date}")
}

/// The day that a name means.
pub(super) fn parse_day_name(name: &str) -> Option<(LocationId, Date)> {
    let (location, date) = name.split_once('/')?;
    Some((location.parse().ok()?, date.parse().ok()?))
}

/// When the keys of a day may go: two days later, so that late events still find it.
pub(super) fn day_expires_at(date: Date) -> i64 {
    date.checked_add(2.days())
        .and_then(|date| date.to_zoned_datetime(TimeZone::UTC))
        .map_or(Timestamp::MAX, |midnight| midnight.timestamp())
        .as_millisecond()
}
