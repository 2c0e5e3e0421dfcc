//! A date that the authority gave does not suit: the authority gives another one, perhaps months later, so a page
//! asks first.

use actix_web::HttpResponse;
use client::ClientError;

use super::{Answering, find::open_date};
use crate::http::{
    kept_seat::DeclinePage,
    page_error::PageError,
    request::{Authority, Request},
    visit::Summary,
    visitor::go_to,
};

pub(crate) async fn ask(request: Answering) -> Result<HttpResponse, PageError> {
    let date = open_date(&request).await?;
    let Request { visitor, authority: Authority { office, offer }, .. } = &request;
    let services = std::slice::from_ref(&date.service);
    let texts = visitor.texts;
    Ok(visitor.page(&DeclinePage {
        frame: visitor.frame(texts.text("decline-title")),
        summary: Summary::new(texts, offer, services, &date.location, (date.start, date.end)),
        declining: vec![texts.text("assigned-declining")],
        place: None,
        decline: visitor.links.decline_date(&office.id, &date.id),
        back: visitor.links.assigned_date(&office.id, &date.id),
    }))
}

pub(crate) async fn decline(request: Answering) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, .. }, asked: date, .. } = request;
    match office.api.decline_date(&token, date).await {
        Ok(()) => {}
        // In another window the person took it: it stands among their appointments.
        Err(error) if is_accepted(&error) => return Ok(go_to(visitor.links.appointments())),
        // Pressed twice, or in two windows.
        Err(error) if error.code() == Some("date-over") => {}
        Err(error) => return Err(visitor.office_refused(error)),
    }
    Ok(go_to(format!("{}?declined={date}", visitor.links.appointments())))
}

fn is_accepted(error: &ClientError) -> bool {
    let ClientError::Problem(refusal) = error else { return false };
    let status = refusal.extensions.get("current_status");
    refusal.code == "date-over" && status.is_some_and(|status| status == "accepted")
}
