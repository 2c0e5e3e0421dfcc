//! Asks before a person is noted as not having come, and says what follows for them.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use booking::state::Action;
use client::{Booking, DeskAction, DeskBooking, usual_actions};
use ids::AuthorityId;

use super::{
    asked_visit::AskedVisit,
    not_noted::NotNoted,
    show::{self, Visit, actions},
    visit_search::bookable,
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
    /// For how long the person cannot book the same online.
    cool_down: Option<Cow<'static, str>>,
    /// Whether staff book the same for them at once.
    is_booked_at_desk: bool,
    /// The query of the list.
    query: String,
    /// The list that led here.
    back: String,
}

pub(crate) async fn ask(
    request: Request<Staff, Authority, AskedVisit>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority, asked, .. } = request;
    let (texts, links, now) = (visitor.texts, visitor.links, visitor.now());
    let found = asked.find(&authority.office.api, &token).await?;
    let can_be_missed =
        |found: &DeskBooking| usual_actions(found.booking.status).contains(&DeskAction::Miss);
    let Some(found) = found.filter(can_be_missed) else {
        // A colleague was faster: the list says how the visit stands.
        let refused = NotNoted::changed(asked.booking, asked.code, Action::Miss);
        return show::again(visitor, &authority, &token, asked.list(), refused).await;
    };
    let Authority { office, offer } = authority;
    let query = asked.list();
    let back = format!("{}?{query}", links.desk(&office.id));
    if !actions(&found.booking, now).any(|next| next == DeskAction::Miss) {
        // It has not begun: the list says from when on it can be noted.
        return Ok(go_to(back));
    }
    let page = MissedPage {
        frame: visitor.frame(texts.text("desk-missed")),
        cool_down: cool_down(texts, &offer, &found.booking),
        is_booked_at_desk: bookable(&offer).any(|one| found.booking.services.contains(&one.id)),
        visit: Visit::new(texts, &offer, now, found, String::new(), String::new()),
        authority: office.id,
        query,
        back,
    };
    Ok(visitor.page(&page))
}

/// For how long nothing of the kind can be booked online after a visit that was missed.
fn cool_down(texts: Texts, offer: &Offer, booking: &Booking) -> Option<Cow<'static, str>> {
    let services = booking.services.iter().filter_map(|id| offer.service(id));
    let days =
        services.filter_map(|service| service.cool_down_days).max().filter(|days| *days > 0)?;
    Some(texts.fill("desk-missed-cool-down", "count", days))
}
