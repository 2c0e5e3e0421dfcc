//! The date of a page, or why there is none to be answered.

use client::{Allocation, AssignedDate};

use super::Answering;
use crate::http::{
    barring::{OpenBooking, look_for_booking, words},
    page_error::PageError,
    visit,
};

/// The date that waits for an answer, for a log-in that is sure enough to give one.
pub(super) async fn open_date(request: &Answering) -> Result<AssignedDate, PageError> {
    let token = request.token().await?;
    let dates = request.authority.office.api.assigned_dates(&token).await?;
    let date = dates.into_iter().find(|date| date.id == request.asked);
    let Some(date) = date else { return Err(missing(request).await) };
    let services = std::slice::from_ref(&date.service);
    request.visitor.demand(visit::needed_level(&request.authority.offer, services))?;
    Ok(date)
}

/// Why there is no such date to be answered: of one that was accepted there is an appointment.
async fn missing(request: &Answering) -> PageError {
    let (visitor, authority) = (&request.visitor, &request.authority);
    let given = authority.offer.services.iter().filter(|it| it.allocation == Allocation::Assign);
    let given: Vec<_> = given.map(|service| service.id.clone()).collect();
    match look_for_booking(visitor, authority, &given).await {
        OpenBooking::Is(booking) => PageError::refused("date-accepted", visitor.links.start())
            .because_of(words(visitor, authority, &booking, &booking.services)),
        OpenBooking::None | OpenBooking::Unknown => {
            PageError::not_there("date-not-found", visitor.links.appointments())
        }
    }
}
