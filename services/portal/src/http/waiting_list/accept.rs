//! An offer is accepted in two steps: what it is, and what it replaces, then the appointment. Or it is
//! declined.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use ids::{AuthorityId, OfferId, WaitingId};

use super::{Declinable, find};
use crate::http::{
    asked::{Asked, What},
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
    let wanted = request.asked;
    // Whose it is only the authority knows: it may be the offer of another log-in.
    let entry = find(&request, "offer-elsewhere", |entry| {
        entry.offer.as_ref().is_some_and(|offer| offer.id == wanted)
    });
    let entry = entry.await?;
    let Request { visitor, authority: Authority { office, offer }, .. } = &request;
    let services = std::slice::from_ref(&entry.service);
    visitor.demand(visit::needed_level(offer, services))?;
    let offered = entry.offer.as_ref().ok_or(PageError::NotFound)?;
    let old = match entry.replaces {
        Some(id) => Some(office.api.booking(&request.token().await?, id).await?),
        None => None,
    };
    let old = old.filter(client::Booking::is_open);
    let texts = visitor.texts;
    let declining = Declinable {
        service: &entry.service,
        notice: offered.notice,
        declines_left: entry.declines_left,
        is_move: entry.replaces.is_some(),
    };
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
        declining: declining.cost(texts, &request.authority).await,
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

/// The offer that is declined, and the place to return to.
pub(crate) struct Declined {
    offer: OfferId,
    place: WaitingId,
}

impl What for Declined {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self { offer: asked.path("offer")?, place: asked.required("place")? })
    }
}

pub(crate) async fn decline(
    request: Request<Person, Authority, Declined>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, .. }, asked, .. } = request;
    let place = visitor.links.waiting_place(&office.id, &asked.place);
    match office.api.decline_offer(&token, asked.offer).await {
        Ok(_) => Ok(go_to(format!("{place}?declined"))),
        // Its page says what became of it.
        Err(error) if error.code() == Some("offer-over") => Ok(go_to(place)),
        Err(error) => Err(visitor.office_refused(error)),
    }
}
