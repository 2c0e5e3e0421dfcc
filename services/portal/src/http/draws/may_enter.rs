//! What keeps a person out of a draw, said before they fill in its form. What cannot be learnt is left to the
//! authority, which decides in any case.

use std::slice;

use client::{Booking, Draw};

use super::own::{Among, entered};
use crate::http::{
    asked::What,
    barring::{OpenBooking, words},
    page_error::PageError,
    request::{Authority, Person, Request},
    search::SearchCriteria,
};

/// Refuses whom the authority would refuse after the form, with their `present` appointment of the kind.
///
/// # Errors
/// It is unclear who they are; they have an appointment, or none where one is needed; or they are in another draw
/// of the kind.
pub(super) async fn require_may_enter<A: What>(
    request: &Request<Person, Authority, A>,
    draw: &Draw,
    present: &OpenBooking,
) -> Result<(), PageError> {
    let Request { visitor, authority, .. } = request;
    let criteria = SearchCriteria::service(draw.service.clone());
    let again = visitor.links.days(&authority.office.id, &criteria);
    if visitor.login()?.case.is_some() {
        return Err(PageError::refused("entered-in-doubt", again));
    }
    match (present, draw.needs_appointment) {
        (OpenBooking::Is(booking), false) => {
            let wanted = slice::from_ref(&draw.service);
            let other = words(visitor, authority, booking, wanted);
            return Err(PageError::refused("already-booked", again).because_of(other));
        }
        (OpenBooking::Is(booking), true) if !has_earlier_days(draw, booking) => {
            return Err(PageError::refused("later-appointment-needed", again));
        }
        (OpenBooking::None, true) => {
            return Err(PageError::refused("later-appointment-needed", again));
        }
        (OpenBooking::Is(_), true) | (OpenBooking::None, false) | (OpenBooking::Unknown, _) => {}
    }
    elsewhere(request, draw).await.map_or(Ok(()), Err)
}

/// Whether the draw has days before the day of the appointment.
fn has_earlier_days(draw: &Draw, booking: &Booking) -> bool {
    draw.week < ambient::berlin().to_datetime(booking.start).date()
}

/// The other draw of the kind in which the person is, or whose seat is kept for them, with the way there.
pub(super) async fn elsewhere<A: What>(
    request: &Request<Person, Authority, A>,
    draw: &Draw,
) -> Option<PageError> {
    let token = request.token().await.ok()?;
    let Request { visitor, authority, .. } = request;
    let mut pending = None;
    let among = Among::Like(slice::from_ref(&draw.service));
    for other in entered(visitor, authority, &token, among).await {
        if other.facts.id == draw.id {
            continue;
        }
        if let Some(kept) = other.kept {
            return Some(PageError::refused("seat-kept", kept.answer));
        }
        if other.is_pending {
            pending = Some(PageError::refused("already-entered", other.link));
        }
    }
    pending
}
