//! Asks before a person is noted as not having come, and says what follows for them.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{Booking, DeskAction};
use ids::AuthorityId;

use super::{
    asked_visit::AskedVisit,
    show::{Visit, actions},
};
use crate::{
    directory::Offer,
    http::{
        frame::Frame,
        page_error::PageError,
        request::{Authority, Request, Staff},
        visitor::go_to,
    },
    text::Texts,
};

#[derive(Template)]
#[template(path = "desk_missed.html")]
struct MissedPage {
    frame: Frame,
    authority: AuthorityId,
    visit: Visit,
    /// For how long the person cannot book the same.
    cool_down: Option<Cow<'static, str>>,
    /// The query of the list.
    query: String,
    /// The list that led here.
    back: String,
}

pub(crate) async fn ask(
    request: Request<Staff, Authority, AskedVisit>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, offer }, asked, .. } = request;
    let (texts, links, now) = (visitor.texts, visitor.links, visitor.now());
    let back = format!("{}?{}", links.desk(&office.id), asked.query);
    let found = asked.find(&office.api, &token).await?;
    let is_due = |booking: &Booking| actions(booking, now).any(|next| next == DeskAction::Miss);
    // A colleague was faster: the list says how the visit stands.
    let Some(found) = found.filter(|found| is_due(&found.booking)) else {
        return Ok(go_to(back));
    };
    let page = MissedPage {
        frame: visitor.frame(texts.text("desk-missed")),
        cool_down: cool_down(texts, &offer, &found.booking),
        visit: Visit::new(texts, &offer, now, found, String::new(), String::new()),
        authority: office.id,
        query: asked.query,
        back,
    };
    Ok(visitor.page(&page))
}

/// For how long nothing of the kind can be booked after a visit that was missed.
fn cool_down(texts: Texts, offer: &Offer, booking: &Booking) -> Option<Cow<'static, str>> {
    let services = booking.services.iter().filter_map(|id| offer.service(id));
    let days =
        services.filter_map(|service| service.cool_down_days).max().filter(|days| *days > 0)?;
    Some(texts.fill("desk-missed-cool-down", "count", days))
}
