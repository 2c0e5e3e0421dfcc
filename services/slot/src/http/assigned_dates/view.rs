//! A date that an office gave, as the API shows it.

use booking::state::BookingStatus;
use ids::{AssignedDateId, BookingId, LocationId, ServiceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::assigned_dates::{assign_date::WantedDate, read_dates::LatestDate},
    domain::AssignedDate,
    http::{
        local_time::LocalTime,
        one_to::People,
        values::{Instant, or_default},
    },
};

/// The place and the time of a date.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DateToAssign)]
pub(in crate::http) struct DateToAssign {
    location: LocationId,
    /// A start of the staff's desks.
    #[schema(value_type = String, format = DateTime, example = "2027-01-05T09:00:00+01:00")]
    start: Instant,
    /// How many come together.
    #[serde(default, deserialize_with = "or_default")]
    #[schema(value_type = u16, minimum = 1, maximum = 100)]
    people: People,
}

impl From<DateToAssign> for WantedDate {
    fn from(wanted: DateToAssign) -> Self {
        Self { location: wanted.location, start: wanted.start.0, people: wanted.people.get() }
    }
}

/// A date that the office gave to an application on file.
#[derive(Serialize, ToSchema)]
#[schema(as = AssignedDate)]
pub(in crate::http) struct DateView {
    id: AssignedDateId,
    /// What for.
    service: ServiceId,
    location: LocationId,
    start: LocalTime,
    end: LocalTime,
    /// How many come together.
    people: u16,
    /// `open` (it can be accepted or declined until `answer_by`), `accepted`, `declined`, `lapsed` (there
    /// was no answer in time) or `withdrawn` (the office took it back, the application ended, or its person has
    /// another appointment of the group).
    #[schema(value_type = String, example = "open")]
    status: &'static str,
    /// Until then it is kept for the person.
    answer_by: LocalTime,
    /// The appointment that came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    booking: Option<BookingId>,
    /// Where that appointment stands; its agency reads it. A `cancelled` one leaves the application without a
    /// date.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "confirmed")]
    booking_status: Option<BookingStatus>,
}

impl From<LatestDate> for DateView {
    fn from(LatestDate { date, booking }: LatestDate) -> Self {
        Self { booking_status: booking, ..Self::from(date) }
    }
}

impl From<AssignedDate> for DateView {
    fn from(date: AssignedDate) -> Self {
        Self {
            id: date.id,
            service: date.service,
            location: date.seat.location,
            start: LocalTime(date.seat.start),
            end: LocalTime(date.seat.end),
            people: date.people,
            status: date.status.as_str(),
            answer_by: LocalTime(date.answer_by),
            booking: date.booking,
            booking_status: None,
        }
    }
}
