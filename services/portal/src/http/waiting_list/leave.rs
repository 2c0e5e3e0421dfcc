//! Leaves a waiting list, after asking once.

use actix_web::HttpResponse;
use askama::Template;
use ids::{AuthorityId, WaitingId};

use super::find;
use crate::http::{
    frame::Frame,
    page_error::PageError,
    request::{Authority, Person, Request},
    visit::{self, Name},
    visitor::go_to,
};

#[derive(Template)]
#[template(path = "waiting_leave.html")]
struct LeavePage {
    frame: Frame,
    authority: AuthorityId,
    authority_name: Name,
    service: Vec<Name>,
    place: WaitingId,
    /// A seat is offered to the person. If they leave, the next in line gets it.
    has_offer: bool,
}

type Leaving = Request<Person, Authority, WaitingId>;

pub(crate) async fn ask(request: Leaving) -> Result<HttpResponse, PageError> {
    let wanted = request.asked;
    let entry = find(&request, |entry| entry.id == wanted).await?;
    let Request { visitor, authority: Authority { office, offer }, .. } = &request;
    if !entry.is_in_line() {
        return Ok(go_to(visitor.links.waiting_place(&office.id, &entry.id)));
    }
    Ok(visitor.page(&LeavePage {
        frame: visitor.frame(visitor.texts.text("waiting-leave-title")),
        authority: office.id.clone(),
        authority_name: Name::of(&offer.name, visitor.texts),
        service: visit::service_names(visitor.texts, offer, std::slice::from_ref(&entry.service)),
        place: entry.id,
        has_offer: entry.offer.is_some(),
    }))
}

pub(crate) async fn leave(request: Leaving) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, .. }, asked: place, .. } = request;
    match office.api.leave_waiting_list(&token, place).await {
        Ok(()) => {}
        // Pressed twice, or in two windows.
        Err(error) if error.code() == Some("not-waiting") => {}
        Err(error) => return Err(visitor.office_refused(error)),
    }
    Ok(go_to(format!("{}?left={place}", visitor.links.appointments())))
}
