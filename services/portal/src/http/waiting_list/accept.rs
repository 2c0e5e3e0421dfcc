//! An offer is accepted in two steps: what it is, and what it replaces, then the appointment.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use ids::{AuthorityId, OfferId, WaitingId};

use super::{
    Declinable,
    find_offer::{FoundOffer, find_offer},
};
use crate::http::{
    frame::Frame,
    page_error::PageError,
    request::{Authority, Person, Request},
    visit::{self, Summary},
    visitor::go_to,
};

#[derive(Template)]
#[template(path = "waiting_accept.html")]
struct AcceptPage {
    frame: Frame,
    authority: AuthorityId,
    offer: OfferId,
    place: WaitingId,
    /// What is offered.
    summary: Summary,
    /// How many come together, if more than one.
    people: Option<Cow<'static, str>>,
    until: Cow<'static, str>,
    /// The appointment that is given back.
    old: Option<Summary>,
    /// What it costs to decline.
    declining: Vec<Cow<'static, str>>,
}

pub(crate) async fn ask(
    request: Request<Person, Authority, OfferId>,
) -> Result<HttpResponse, PageError> {
    let (entry, offered) = match find_offer(&request).await? {
        FoundOffer::Open(open) => *open,
        FoundOffer::Booked(appointment) => return Ok(go_to(appointment)),
    };
    let Request { visitor, authority: Authority { office, offer }, .. } = &request;
    let services = std::slice::from_ref(&entry.service);
    let old = match entry.replaces {
        Some(id) => Some(office.api.booking(&request.token().await?, id).await?),
        None => None,
    };
    let old = old.filter(client::Booking::is_open);
    let texts = visitor.texts;
    let time = (offered.start, offered.end);
    let title = if old.is_some() { "waiting-accept-move-title" } else { "waiting-accept-title" };
    Ok(visitor.page(&AcceptPage {
        frame: visitor.frame(texts.text(title)),
        authority: office.id.clone(),
        offer: offered.id,
        place: entry.id,
        summary: Summary::new(texts, offer, services, &offered.location, time),
        people: visit::people(texts, entry.people),
        until: texts.moment(offered.valid_until),
        old: old.map(|old| {
            Summary::new(texts, offer, &old.services, &old.location, (old.start, old.end))
        }),
        declining: Declinable::of(&entry, &offered).cost(texts, &request.authority).await,
    }))
}

/// Makes the offer an appointment. Pressed twice it is the same one.
pub(crate) async fn accept(
    request: Request<Person, Authority, OfferId>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, .. }, asked: offer, .. } = request;
    let booking = office.api.accept_offer(&token, offer).await;
    let booking = booking.map_err(|error| visitor.office_refused(error))?;
    Ok(go_to(format!("{}?booked", visitor.links.appointment(&office.id, &booking.id))))
}
