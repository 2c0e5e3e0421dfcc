//! Cancels an appointment, after asking once.

use actix_web::{HttpResponse, web};
use askama::Template;
use ids::{AuthorityId, BookingId};

use super::{Appointment, find};
use crate::http::{
    form::Posted,
    page_error::PageError,
    visitor::{Frame, Visitor, go_to},
};

#[derive(Template)]
#[template(path = "cancel.html")]
struct CancelPage {
    frame: Frame,
    appointment: Appointment,
}

type PathParams = web::Path<(String, AuthorityId, BookingId)>;

pub(crate) async fn ask(visitor: Visitor, path: PathParams) -> Result<HttpResponse, PageError> {
    let (_, authority, booking) = path.into_inner();
    let (office, offer, booking) = find(&visitor, &authority, booking, false).await?;
    if !booking.is_open() {
        return Ok(go_to(visitor.links.appointment(&authority, &booking.id)));
    }
    let frame = visitor.frame(visitor.texts.text("cancel-title"));
    let appointment = Appointment::new(visitor.texts, &office, &offer, booking);
    Ok(visitor.page(&CancelPage { frame, appointment }))
}

pub(crate) async fn cancel(
    visitor: Visitor,
    path: PathParams,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let (_, authority, booking) = path.into_inner();
    let (office, _) = visitor.office(&authority).await?;
    let token = visitor.token(&authority, true).await?;
    office.api.cancel(&token, booking).await?;
    Ok(go_to(format!("{}?cancelled", visitor.links.appointment(&authority, &booking))))
}
