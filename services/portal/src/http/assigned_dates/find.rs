//! The date of a page, or what became of it.

use actix_web::HttpResponse;
use client::{Allocation, AssignedDate};

use super::Answering;
use crate::http::{
    barring::{OpenBooking, look_for_booking, words},
    page_error::PageError,
    visit,
    visitor::go_to,
};

/// The date that waits for an answer, for a log-in that is sure enough to give one; `None` if there is none.
pub(super) async fn open_date(request: &Answering) -> Result<Option<AssignedDate>, PageError> {
    let token = request.token().await?;
    let dates = request.authority.office.api.assigned_dates(&token).await?;
    let Some(date) = dates.into_iter().find(|date| date.id == request.asked) else {
        return Ok(None);
    };
    let services = std::slice::from_ref(&date.service);
    request.visitor.demand(visit::needed_level(&request.authority.offer, services))?;
    Ok(Some(date))
}

/// The page of a date that is not to be answered. Of one that was accepted there is an appointment, and whoever
/// declined it in this session reads so.
pub(super) async fn over(request: &Answering) -> Result<HttpResponse, PageError> {
    let (visitor, authority) = (&request.visitor, &request.authority);
    if visitor.session.read().has_declined(request.asked) {
        return Ok(go_to(visitor.links.declined_date(&request.asked)));
    }
    let given = authority.offer.services.iter().filter(|it| it.allocation == Allocation::Assign);
    let given: Vec<_> = given.map(|service| service.id.clone()).collect();
    Err(match look_for_booking(visitor, authority, &given).await {
        OpenBooking::Is(booking) => PageError::refused("date-accepted", visitor.links.start())
            .because_of(words(visitor, authority, &booking, &booking.services)),
        OpenBooking::None | OpenBooking::Unknown => {
            PageError::not_there("date-not-found", visitor.links.appointments())
        }
    })
}
