//! Declines an offer, after asking once.

use actix_web::HttpResponse;
use ids::{OfferId, WaitingId};

use super::{
    Declinable,
    find_offer::{FoundOffer, find_offer},
};
use crate::http::{
    asked::{Asked, What},
    kept_seat::DeclinePage,
    page_error::PageError,
    request::{Authority, Person, Request},
    visit::Summary,
    visitor::go_to,
};

pub(crate) async fn ask(
    request: Request<Person, Authority, OfferId>,
) -> Result<HttpResponse, PageError> {
    let (entry, offered) = match find_offer(&request).await? {
        FoundOffer::Open(open) => *open,
        FoundOffer::Booked(appointment) => return Ok(go_to(appointment)),
    };
    let Request { visitor, authority: Authority { office, offer }, .. } = &request;
    let (texts, links) = (visitor.texts, visitor.links);
    let services = std::slice::from_ref(&entry.service);
    let time = (offered.start, offered.end);
    Ok(visitor.page(&DeclinePage {
        frame: visitor.frame(texts.text("decline-title")),
        summary: Summary::new(texts, offer, services, &offered.location, time),
        declining: Declinable::of(&entry, &offered).cost(texts, &request.authority).await,
        place: Some(entry.id),
        decline: links.decline_offer(&office.id, &offered.id),
        back: links.waiting_offer(&office.id, &offered.id),
    }))
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
