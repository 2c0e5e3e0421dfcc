//! A date that the authority gave does not suit: the authority gives another one, perhaps months later, so a page
//! asks first.

use actix_web::HttpResponse;
use client::ClientError;

use super::{
    Answering,
    find::{open_date, over},
};
use crate::{
    http::{
        kept_seat::DeclinePage,
        page_error::PageError,
        request::{Authority, Request},
        visit::Summary,
        visitor::go_to,
    },
    session::DeclinedDate,
};

pub(crate) async fn ask(request: Answering) -> Result<HttpResponse, PageError> {
    let Some(date) = open_date(&request).await? else { return over(&request).await };
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
    if let Err(error) = office.api.decline_date(&token, date).await {
        match status_of_over(&error) {
            // In another window the person took it: it stands among their appointments.
            Some("accepted") => {
                visitor.session.change(|session| session.declined = None);
                return Ok(go_to(visitor.links.appointments()));
            }
            // Pressed twice, or in two windows.
            Some("declined") => {}
            _ => return Err(visitor.office_refused(error)),
        }
    }
    let declined = DeclinedDate { authority: office.id.clone(), date };
    visitor.session.change(|session| session.declined = Some(declined));
    Ok(go_to(visitor.links.declined_date(&date)))
}

/// Where a date stands that cannot be declined any more.
fn status_of_over(error: &ClientError) -> Option<&str> {
    let refusal = error.refusal().filter(|refusal| refusal.code == "date-over")?;
    refusal.extensions.get("current_status")?.as_str()
}
