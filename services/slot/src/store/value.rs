//! Reading single columns.

use std::{str::FromStr, sync::LazyLock};

use booking::{Seat, state::BookingStatus};
use calendar::Desk;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

static BERLIN: LazyLock<TimeZone> = LazyLock::new(ambient::berlin);

/// The local day on which a seat begins, by which it is found.
pub(super) fn local_date(seat: &Seat) -> Date {
    seat.date(&BERLIN)
}

/// The statuses of active bookings, for an `IN (...)`.
pub(super) fn active_statuses() -> String {
    BookingStatus::ACTIVE.map(|status| format!("'{status}'")).join(", ")
}

/// A row holds something that no version of this program writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the database holds an invalid {table}.{column}")]
pub struct Corrupt {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
}

/// Reads the columns of one table.
#[derive(Clone, Copy)]
pub(super) struct Columns(pub(super) &'static str);

impl Columns {
    pub(super) fn corrupt(self, column: &'static str) -> Corrupt {
        Corrupt { table: self.0, column }
    }

    pub(super) fn parse<T: FromStr>(self, column: &'static str, text: &str) -> Result<T, Corrupt> {
        text.parse().map_err(|_| self.corrupt(column))
    }

    pub(super) fn time(
        self,
        column: &'static str,
        milliseconds: i64,
    ) -> Result<Timestamp, Corrupt> {
        Timestamp::from_millisecond(milliseconds).map_err(|_| self.corrupt(column))
    }

    pub(super) fn number<T: TryFrom<i32>>(
        self,
        column: &'static str,
        number: i32,
    ) -> Result<T, Corrupt> {
        T::try_from(number).map_err(|_| self.corrupt(column))
    }

    pub(super) fn json<T: serde::de::DeserializeOwned>(
        self,
        column: &'static str,
        text: &str,
    ) -> Result<T, Corrupt> {
        serde_json::from_str(text).map_err(|_| self.corrupt(column))
    }

    pub(super) fn desk(self, column: &'static str, index: i32) -> Result<Desk, Corrupt> {
        u8::try_from(index).ok().and_then(Desk::new).ok_or(self.corrupt(column))
    }

    /// The columns `location`, `desk`, `starts_at` and `ends_at`.
    pub(super) fn seat(
        self,
        location: &str,
        desk: i32,
        starts_at: i64,
        ends_at: i64,
    ) -> Result<Seat, Corrupt> {
        Ok(Seat {
            location: self.parse("location", location)?,
            desk: self.desk("desk", desk)?,
            start: self.time("starts_at", starts_at)?,
            end: self.time("ends_at", ends_at)?,
        })
    }
}
