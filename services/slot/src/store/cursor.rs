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

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy)]
pub struct ListPage<Id> {
    /// Where the part before ended; `None` for the beginning.
    pub after: Option<Cursor<Id>>,
    /// How many entries at most.
    pub size: u16,
}

/// Part of a list.
#[derive(Debug)]
pub struct ListPart<T, Id> {
    /// In the order of the list.
    pub entries: Vec<T>,
    /// Where the list goes on; `None` at its end.
    pub next: Option<Cursor<Id>>,
}

impl<Id> ListPage<Id> {
    /// How many rows to read: one more than wanted shows whether the list goes on.
    #[must_use]
    pub fn limit(&self) -> u64 {
        u64::from(self.size) + 1
    }

    /// The part to answer, of the rows that were read with [`limit`](Self::limit).
    #[must_use]
    pub fn part<T>(&self, mut rows: Vec<T>, after: impl Fn(&T) -> Cursor<Id>) -> ListPart<T, Id> {
        let size = usize::from(self.size);
        let goes_on = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| goes_on).map(after);
        ListPart { entries: rows, next }
    }
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
    fn a_list_goes_on_only_if_a_row_is_left_over() {
        let cursor = |id: &u8| Cursor { starts_at: Timestamp::UNIX_EPOCH, id: *id };
        let page = ListPage { after: None, size: 2 };
        assert_eq!(page.limit(), 3);
        for (rows, entries, next) in [
            (vec![], vec![], None),
            (vec![1, 2], vec![1, 2], None),
            (vec![1, 2, 3], vec![1, 2], Some(cursor(&2))),
        ] {
            let part = page.part(rows, cursor);
            assert_eq!((part.entries, part.next), (entries, next));
        }
    }

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
