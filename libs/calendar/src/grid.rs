//! The grid of a location's day.
//!
//! The grid is coarse enough that a day has few units, and fine enough for each slot length of
//! the location: hours and slot lengths are multiples of it, which the catalogue checks. It is
//! no property of a booking, so two locations with different grids can be compared by time.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// The step in which a location counts time, in minutes: a divisor of 60, 5 unless stated.
///
/// One step is a *unit*. Berlin's offset from UTC is whole hours, so units align with UTC too.
/// It decides what is offered. A booking is time at a desk and does not know the grid, so the grid
/// can change at any time. (ZMS has none: its slots are rows of their own per opening rule, so a
/// change of slot length leaves conflicts behind.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Grid(u8);

impl Grid {
    /// Steps that divide an hour.
    ///
    /// Only these let each full hour be the beginning of a unit, so that "every hour on the
    /// hour" is on each grid.
    pub const ALLOWED: [u8; 12] = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60];

    /// A grid of `minutes`.
    ///
    /// # Errors
    /// `minutes` does not divide 60.
    ///
    /// [`NotAGrid`], whose text lists what is allowed, is the only error.
    pub fn new(minutes: u8) -> Result<Self, NotAGrid> {
        if Self::ALLOWED.contains(&minutes) { Ok(Self(minutes)) } else { Err(NotAGrid(minutes)) }
    }

    /// Minutes per unit.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0 as u16
    }

    /// Seconds per unit.
    ///
    /// For the translation between units and instants.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0 as i64 * 60
    }

    /// Units in `minutes`, or `None` if they do not fill whole units.
    ///
    /// The question behind the checks "these hours are on the grid" and "this slot length
    /// fits".
    #[must_use]
    pub const fn units_in(self, minutes: u16) -> Option<u16> {
        if minutes.is_multiple_of(self.minutes()) { Some(minutes / self.minutes()) } else { None }
    }
}

/// Five minutes: the default slot length ([`DEFAULT_SLOT_MINUTES`](crate::DEFAULT_SLOT_MINUTES)) is
/// two units.
impl Default for Grid {
    fn default() -> Self {
        Self(5)
    }
}

impl From<Grid> for u8 {
    fn from(grid: Grid) -> Self {
        grid.0
    }
}

/// A number of minutes that does not divide an hour.
///
/// The text goes to the admin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a grid of {0} minutes does not divide an hour; use 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30 or 60"
)]
pub struct NotAGrid(pub u8);

impl TryFrom<u8> for Grid {
    type Error = NotAGrid;
    fn try_from(minutes: u8) -> Result<Self, NotAGrid> {
        Self::new(minutes)
    }
}

impl JsonSchema for Grid {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Grid".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "integer",
            "description": "The step in which the location counts time, in minutes. It decides \
                            what is offered; bookings stay as they are.",
            "enum": Self::ALLOWED,
        })
    }
}
