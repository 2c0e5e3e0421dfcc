//! A winner who must confirm accepts the drawn seat in two steps: what it is, then the appointment. Or they
//! decline it, and are asked first.

use std::borrow::Cow;

use actix_web::HttpResponse;
use client::{Draw, DrawnSeat};
use ids::DrawId;

use super::{enter::own_entry, facts::declines};
use crate::http::{
    kept_seat::{DeclinePage, KeptSeatPage},
    page_error::PageError,
    request::{Authority, Person, Request},
    visit::{self, Summary},
    visitor::{Visitor, go_to},
};

type Answering = Request<Person, Authority, DrawId>;

/// A drawn seat that waits for its winner's answer.
struct Kept {
    draw: Draw,
    seat: DrawnSeat,
    /// How many come.
    people: u16,
}

/// The drawn seat that is kept for the person; `None` if there is none to be answered.
async fn kept(request: &Answering) -> Result<Option<Kept>, PageError> {
    let Request { visitor, authority: Authority { office, offer }, asked: id, .. } = request;
    let draw = office.api.draw(*id).await?.draw;
    visitor.demand(visit::needed_level(offer, std::slice::from_ref(&draw.service)))?;
    let entry = own_entry(request, *id).await?;
    Ok(entry.and_then(|entry| Some(Kept { draw, seat: entry.offer?, people: entry.people })))
}

pub(crate) async fn ask(request: Answering) -> Result<HttpResponse, PageError> {
    let kept = kept(&request).await?;
    let Request { visitor, authority: Authority { office, offer }, asked: id, .. } = &request;
    let page = visitor.links.entry(&office.id, id);
    // Its page says what became of it.
    let Some(Kept { draw, seat, people }) = kept else { return Ok(go_to(page)) };
    let services = std::slice::from_ref(&draw.service);
    let texts = visitor.texts;
    Ok(visitor.page(&KeptSeatPage {
        frame: visitor.frame(texts.text("waiting-accept-title")),
        summary: Summary::new(texts, offer, services, &seat.location, (seat.start, seat.end)),
        people: visit::people(texts, people),
        until: texts.moment(seat.answer_by),
        accept: visitor.links.drawn_seat(&office.id, id),
        decline: visitor.links.decline_drawn_seat(&office.id, id),
        declining: declining(visitor, &draw, &seat),
        later: page,
    }))
}

pub(crate) async fn ask_to_decline(request: Answering) -> Result<HttpResponse, PageError> {
    let kept = kept(&request).await?;
    let Request { visitor, authority: Authority { office, offer }, asked: id, .. } = &request;
    let Some(Kept { draw, seat, .. }) = kept else {
        return Ok(go_to(visitor.links.entry(&office.id, id)));
    };
    let services = std::slice::from_ref(&draw.service);
    let texts = visitor.texts;
    Ok(visitor.page(&DeclinePage {
        frame: visitor.frame(texts.text("decline-title")),
        summary: Summary::new(texts, offer, services, &seat.location, (seat.start, seat.end)),
        declining: declining(visitor, &draw, &seat),
        place: None,
        decline: visitor.links.decline_drawn_seat(&office.id, id),
        back: visitor.links.drawn_seat(&office.id, id),
    }))
}

/// What follows for the winner who does not take the seat: until when they wait, or how often it is free.
fn declining(visitor: &Visitor, draw: &Draw, seat: &DrawnSeat) -> Vec<Cow<'static, str>> {
    let texts = visitor.texts;
    match seat.left_out_until {
        Some(until) => {
            vec![texts.fill("draw-declining-last", "time", texts.moment(until).as_ref())]
        }
        None => {
            let mut follows = vec![texts.text("draw-declining")];
            follows.extend(declines(texts, draw));
            follows
        }
    }
}

/// Makes the seat an appointment. Pressed twice it is the same one.
pub(crate) async fn accept(request: Answering) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, .. }, asked: draw, .. } = request;
    let booking = office.api.accept_drawn_seat(&token, draw).await;
    let booking = booking.map_err(|error| visitor.office_refused(error))?;
    Ok(go_to(format!("{}?booked", visitor.links.appointment(&office.id, &booking.id))))
}

pub(crate) async fn decline(request: Answering) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, .. }, asked: draw, .. } = request;
    match office.api.decline_drawn_seat(&token, draw).await {
        Ok(()) => {}
        // Its page says what became of it.
        Err(error) if error.code() == Some("offer-over") => {}
        Err(error) => return Err(visitor.office_refused(error)),
    }
    Ok(go_to(visitor.links.entry(&office.id, &draw)))
}
