//! Cancels an appointment, after asking once.

use actix_web::HttpResponse;
use askama::Template;
use ids::BookingId;

use super::appointment::{Appointment, find};
use crate::http::{
    frame::Frame,
    page_error::PageError,
    request::{Authority, Person, Request},
    visitor::go_to,
};

#[derive(Template)]
#[template(path = "cancel.html")]
struct CancelPage {
    frame: Frame,
    appointment: Appointment,
}

pub(crate) async fn ask(
    request: Request<Person, Authority, BookingId>,
) -> Result<HttpResponse, PageError> {
    let appointment = find(&request, request.asked).await?;
    let visitor = request.visitor;
    if !appointment.is_open() {
        let booking = &appointment.booking.id;
        return Ok(go_to(visitor.links.appointment(&appointment.authority, booking)));
    }
    let frame = visitor.frame(visitor.texts.text("cancel-title"));
    Ok(visitor.page(&CancelPage { frame, appointment }))
}

pub(crate) async fn cancel(
    request: Request<Person, Authority, BookingId>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, .. }, asked: booking, .. } = request;
    office.api.cancel(&token, booking).await?;
    Ok(go_to(format!("{}?cancelled", visitor.links.appointment(&office.id, &booking))))
}
