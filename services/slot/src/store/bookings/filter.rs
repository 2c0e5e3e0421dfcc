//! Which bookings a list shows.

use booking::state::BookingStatus;
use ids::{BookingCode, LocationId, Pseudonym};
use jiff::{Timestamp, civil::Date};
use sea_orm::ColumnTrait as _;

use super::{Cursor, row::Column};

/// Which bookings a list shows. All conditions must hold.
#[derive(Debug, Clone, Default)]
pub struct BookingFilter {
    person: Option<Pseudonym>,
    code: Option<BookingCode>,
    location: Option<LocationId>,
    date: Option<Date>,
    ends_after: Option<Timestamp>,
    ended_before: Option<Timestamp>,
    statuses: Option<Vec<BookingStatus>>,
    after: Option<Cursor>,
}

impl BookingFilter {
    /// Only those of this person.
    #[must_use]
    pub fn of(mut self, person: Pseudonym) -> Self {
        self.person = Some(person);
        self
    }

    /// Only the one with this code.
    #[must_use]
    pub fn with_code(mut self, code: BookingCode) -> Self {
        self.code = Some(code);
        self
    }

    /// Only those at this location on this day.
    #[must_use]
    pub fn on(mut self, location: LocationId, date: Date) -> Self {
        self.location = Some(location);
        self.date = Some(date);
        self
    }

    /// Only those at this location.
    #[must_use]
    pub fn at(mut self, location: LocationId) -> Self {
        self.location = Some(location);
        self
    }

    /// Only those that ended before this instant.
    #[must_use]
    pub fn ended_before(mut self, instant: Timestamp) -> Self {
        self.ended_before = Some(instant);
        self
    }

    /// Only those that end after this instant.
    #[must_use]
    pub fn ending_after(mut self, instant: Timestamp) -> Self {
        self.ends_after = Some(instant);
        self
    }

    /// Only those in one of these states.
    #[must_use]
    pub fn in_status(mut self, statuses: impl IntoIterator<Item = BookingStatus>) -> Self {
        self.statuses = Some(statuses.into_iter().collect());
        self
    }

    /// Only those after this cursor in a list by start.
    #[must_use]
    pub fn after(mut self, cursor: Option<Cursor>) -> Self {
        self.after = cursor;
        self
    }

    pub(super) fn condition(&self) -> sea_orm::Condition {
        sea_orm::Condition::all()
            .add_option(self.person.map(|person| Column::Person.eq(person.to_string())))
            .add_option(self.code.map(|code| Column::Code.eq(code.to_string())))
            .add_option(self.location.as_ref().map(|at| Column::Location.eq(at.as_str())))
            .add_option(self.date.map(|date| Column::Date.eq(date.to_string())))
            .add_option(self.after.map(|cursor| cursor.condition(Column::StartsAt, Column::Id)))
            .add_option(self.ended_before.map(|at| Column::EndsAt.lt(at.as_millisecond())))
            .add_option(self.ends_after.map(|instant| Column::EndsAt.gt(instant.as_millisecond())))
            .add_option(
                self.statuses
                    .as_ref()
                    .map(|statuses| Column::Status.is_in(statuses.iter().map(|s| s.as_str()))),
            )
    }
}
