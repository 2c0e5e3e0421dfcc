//! Where a list that is read in pages goes on.

use std::{fmt, str::FromStr};

use ids::{AssignedDateId, BookingId};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, Condition};

use crate::domain::{AssignedDate, Booking};

/// A place in a list by start and id. It stays where it is when bookings come, go or change, so that
/// no booking is skipped or repeated. Its text form is for us alone to understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor<Id> {
    starts_at: Timestamp,
    id: Id,
}

/// The text is not a [`Cursor`] of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be the `next` of an answer, or left out")]
pub struct InvalidCursor;

impl Cursor<BookingId> {
    /// The cursor after `booking`.
    #[must_use]
    pub fn after(booking: &Booking) -> Self {
        Self { starts_at: booking.seat.start, id: booking.id }
    }
}

impl Cursor<AssignedDateId> {
    /// The cursor after `date`.
    #[must_use]
    pub fn after(date: &AssignedDate) -> Self {
        Self { starts_at: date.seat.start, id: date.id }
    }
}

impl<Id: fmt::Display> Cursor<Id> {
    /// The condition for rows after it, in a list by these two columns.
    pub(super) fn condition<C: ColumnTrait>(&self, starts_at: C, id: C) -> Condition {
        let start = self.starts_at.as_millisecond();
        let same_start = Condition::all().add(starts_at.eq(start)).add(id.gt(self.id.to_string()));
        Condition::any().add(starts_at.gt(start)).add(same_start)
    }
}

impl<Id: fmt::Display> fmt::Display for Cursor<Id> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.starts_at.as_millisecond(), self.id)
    }
}

impl<Id: FromStr> FromStr for Cursor<Id> {
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
        assert_eq!(text.parse::<Cursor<BookingId>>().unwrap().to_string(), text);
        for wrong in ["", ".", "1798790400000", "x.bkg_01jdc6nvt8e0pb9s3k1zqk6yzx", "1.bkg_1"] {
            assert_eq!(wrong.parse::<Cursor<BookingId>>(), Err(InvalidCursor), "{wrong}");
        }
        // Nor is a place in a list of something else one in this list.
        assert_eq!(text.parse::<Cursor<AssignedDateId>>(), Err(InvalidCursor));
    }
}
