//! A date that the authority gave is accepted in two steps: what it is, then the appointment.

use actix_web::HttpResponse;
use client::DateAcceptance;

use super::{
    Answering,
    find::{open_date, over},
};
use crate::http::{
    kept_seat::KeptSeatPage,
    page_error::PageError,
    request::{Authority, Request},
    visit::{self, Summary},
    visitor::go_to,
};

pub(crate) async fn ask(request: Answering) -> Result<HttpResponse, PageError> {
    let Some(date) = open_date(&request).await? else { return over(&request).await };
    let Request { visitor, authority: Authority { office, offer }, .. } = &request;
    let services = std::slice::from_ref(&date.service);
    let texts = visitor.texts;
    Ok(visitor.page(&KeptSeatPage {
        frame: visitor.frame(texts.text("waiting-accept-title")),
        summary: Summary::new(texts, offer, services, &date.location, (date.start, date.end)),
        people: visit::people(texts, date.people),
        until: texts.moment(date.answer_by),
        accept: visitor.links.assigned_date(&office.id, &date.id),
        decline: visitor.links.decline_date(&office.id, &date.id),
        declining: vec![texts.text("assigned-declining")],
        later: visitor.links.appointments(),
    }))
}

/// Makes the date an appointment. Pressed twice it is the same one.
pub(crate) async fn accept(request: Answering) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, offer }, asked: date, .. } = request;
    let attendee = visitor.portal.identity.attendee(&token).await;
    let attendee = attendee.map_err(PageError::identity_down)?;
    let language = offer.tells_in(visitor.language());
    let acceptance = DateAcceptance { attendee, language };
    let booking = office.api.accept_date(&token, date, &acceptance).await;
    let booking = booking.map_err(|error| visitor.office_refused(error))?;
    Ok(go_to(format!("{}?booked", visitor.links.appointment(&office.id, &booking.id))))
}
