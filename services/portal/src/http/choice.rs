//! The chosen slot, before it is held: what it is, and what comes next.

use actix_web::{HttpResponse, web};
use askama::Template;
use client::TrustLevel;
use ids::AuthorityId;

use super::{
    form::{Query, field},
    link::{SearchCriteria, read_slot_field},
    page_error::PageError,
    visit::{self, Summary},
    visitor::{Frame, Visitor},
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
    visitor: Visitor,
    path: web::Path<(String, AuthorityId)>,
    Query(fields): Query,
) -> Result<HttpResponse, PageError> {
    let (_, authority) = path.into_inner();
    let criteria = SearchCriteria::from_fields(&fields)?;
    let slot = field(&fields, "slot").ok_or(PageError::BadRequest)?.to_owned();
    let (location, start) = read_slot_field(&slot)?;
    let (office, offer) = visitor.office(&authority).await?;
    visit::check(&offer, &criteria)?;

    // The slot may have gone since the page with the times was made.
    let date = local(start).date();
    let visit =
        client::Visit { services: criteria.services.clone(), locations: vec![location.clone()] };
    let free = office.api.slots(&visit, date).await?.slots;
    let back = visitor.links.day(&authority, &criteria, date);
    let Some(free) = free.into_iter().find(|free| free.start == start) else {
        return Err(taken(back));
    };

    let needed = visit::needed_level(&offer, &criteria.services);
    let level = visitor.session.read().login.map(|login| login.level);
    let is_ready = level.is_some_and(|level| level >= needed);
    let page = ChoicePage {
        frame: visitor.frame(visitor.texts.text("choice-title")),
        summary: Summary::new(
            visitor.texts,
            &offer,
            &criteria.services,
            &location,
            (start, free.end),
        ),
        login: (!is_ready).then(|| visitor.links.login_start(&visitor.here, Some(needed))),
        step_up: level.is_some() && !is_ready,
        needed,
        authority,
        criteria,
        slot,
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

fn taken(again: String) -> PageError {
    let refusal = client::Refusal {
        code: "slot-taken".to_owned(),
        status: 409,
        detail: None,
        retry_after: None,
        extensions: serde_json::Map::new(),
    };
    PageError::Refused { refusal, again: Some(again) }
}
