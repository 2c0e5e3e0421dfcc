//! The appointment that the same form has booked already: it was sent twice, or its answer was lost.
//!
//! Who is sent to cancel what they asked for a moment ago would be told the opposite of what is true.

use client::{
    AccessToken, BookedBy, Booking, BookingStatus, ClientError, DeskBooking, HoldAtDesk, SlotApi,
};

use crate::{http::person_name::stated_in, text::local};

/// The appointment of this very person at this very time, if staff have booked it. What the person booked themselves
/// meanwhile is none of the desk, and staff must not read that they have booked it.
///
/// # Errors
/// The authority does not answer, or refuses the list of the day.
pub(super) async fn booked_before(
    api: &SlotApi,
    token: &AccessToken,
    seat: &HoldAtDesk,
) -> Result<Option<Booking>, ClientError> {
    let Some(person) = stated_in(&seat.attendee) else { return Ok(None) };
    let day = api.desk_day(token, &seat.location, local(seat.start).date()).await?;
    let is_it = |found: &DeskBooking| {
        found.attendee.as_ref() == Some(&person) && is_asked_for(&found.booking, seat)
    };
    Ok(day.into_iter().find(is_it).map(|found| found.booking))
}

fn is_asked_for(booking: &Booking, seat: &HoldAtDesk) -> bool {
    let is_over =
        matches!(booking.status, Some(BookingStatus::Cancelled | BookingStatus::Rebooked));
    let is_same_visit = booking.services == seat.services && booking.people == seat.people;
    let is_of_desk = matches!(booking.booked_by, Some(BookedBy::Desk));
    let is_there = booking.location == seat.location && booking.start == seat.start;
    is_of_desk && !is_over && is_same_visit && is_there
}
