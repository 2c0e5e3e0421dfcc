//! Where a list that is read in pages goes on.

use std::{fmt, str::FromStr};

use ids::BookingId;
use jiff::Timestamp;
use sea_orm::{ColumnTrait as _, Condition};

use super::row::Column;
use crate::domain::Booking;

/// A place in a list by start. It stays where it is when bookings come, go or change, so that
/// no booking is skipped or repeated. Its text form is for us alone to understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    starts_at: Timestamp,
    id: BookingId,
}

/// The text is not a [`Cursor`] of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be the `next` of an answer, or left out")]
pub struct InvalidCursor;

impl Cursor {
    /// The cursor after `booking`.
    #[must_use]
    pub fn after(booking: &Booking) -> Self {
        Self { starts_at: booking.seat.start, id: booking.id }
    }

    /// The condition for rows after it, in a list by start and id.
    pub(super) fn condition(&self) -> Condition {
        let start = self.starts_at.as_millisecond();
        let same_start = Condition::all()
            .add(Column::StartsAt.eq(start))
            .add(Column::Id.gt(self.id.to_string()));
        Condition::any().add(Column::StartsAt.gt(start)).add(same_start)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.starts_at.as_millisecond(), self.id)
    }
}

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        let (start, id) = text.split_once('.').ok_or(InvalidCursor)?;
        let start = start.parse().map_err(|_| InvalidCursor)?;
        let starts_at = Timestamp::from_millisecond(start).map_err(|_| InvalidCursor)?;
        Ok(Self { starts_at, id: id.parse().map_err(|_| InvalidCursor)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_we_wrote_is_a_place() {
        let text = "1798790400000.bkg_01jdc6nvt8e0pb9s3k1zqk6yzx";
        assert_eq!(text.parse::<Cursor>().unwrap().to_string(), text);
        for wrong in ["", ".", "1798790400000", "x.bkg_01jdc6nvt8e0pb9s3k1zqk6yzx", "1.bkg_1"] {
            assert_eq!(wrong.parse::<Cursor>(), Err(InvalidCursor), "{wrong}");
        }
    }
}
