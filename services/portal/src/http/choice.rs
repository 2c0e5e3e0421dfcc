//! The chosen slot, before it is held: what it is, and what comes next.

use actix_web::HttpResponse;
use askama::Template;
use client::{TrustLevel, Visit};
use ids::AuthorityId;

use super::{
    frame::Frame,
    page_error::PageError,
    request::{Anybody, Authority, Request},
    search::{ChosenSlot, SearchCriteria, slot_field},
    visit::{self, Summary},
};
use crate::text::local;

#[derive(Template)]
#[template(path = "choice.html")]
struct ChoicePage {
    frame: Frame,
    authority: AuthorityId,
    criteria: SearchCriteria,
    slot: String,
    summary: Summary,
    /// Where to log in, if that is needed first.
    login: Option<String>,
    /// Logged in, but not surely enough for this service.
    step_up: bool,
    needed: TrustLevel,
    back: String,
}

pub(crate) async fn show(
    request: Request<Anybody, Authority, ChosenSlot>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, offer }, asked, .. } = request;
    let ChosenSlot { criteria, location, start } = asked;

    // The slot may have gone since the page with the times was made.
    let date = local(start).date();
    let visit = Visit { services: criteria.services.clone(), locations: vec![location.clone()] };
    let free = office.api.slots(&visit, date).await?.slots;
    let back = visitor.links.day(&office.id, &criteria, date);
    let Some(free) = free.into_iter().find(|free| free.start == start) else {
        return Err(PageError::refused("slot-taken", back));
    };

    let texts = visitor.texts;
    let needed = visit::needed_level(&offer, &criteria.services);
    let level = visitor.session.read().login.map(|login| login.level);
    let is_ready = level.is_some_and(|level| level >= needed);
    let time = (start, free.end);
    let page = ChoicePage {
        frame: visitor.frame(texts.text("choice-title")),
        summary: Summary::new(texts, &offer, &criteria.services, &location, time),
        login: (!is_ready).then(|| visitor.links.login_start(&visitor.here, Some(needed))),
        step_up: level.is_some() && !is_ready,
        needed,
        authority: office.id,
        slot: slot_field(&location, start),
        criteria,
        back,
    };
    Ok(visitor.page(&page))
}

impl ChoicePage {
    fn level_key(&self) -> &'static str {
        match self.needed {
            TrustLevel::Basic => "choice-level-basic",
            TrustLevel::Substantial => "choice-level-substantial",
            TrustLevel::High => "choice-level-high",
        }
    }
}
