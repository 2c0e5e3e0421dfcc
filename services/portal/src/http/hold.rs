//! Holds a slot while the person decides, and gives it back.

use actix_web::HttpResponse;
use client::HoldRequest;

use super::{
    page_error::PageError,
    request::{Anywhere, Authority, Person, Request},
    search::{ChosenSlot, SearchCriteria},
    visit,
    visitor::{Visitor, go_to},
};
use crate::session::HeldSlot;

/// Holds the chosen slot, then shows it for confirmation.
pub(crate) async fn take(
    request: Request<Person, Authority, ChosenSlot>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, offer }, asked, .. } = &request;
    let criteria = &asked.criteria;
    visitor.demand(visit::needed_level(offer, &criteria.services))?;
    let token = request.token().await?;

    give_back(visitor).await;
    let wanted = HoldRequest {
        location: asked.location.clone(),
        start: asked.start,
        services: criteria.services.clone(),
        people: None,
        replaces: criteria.replaces,
    };
    let again = visitor.links.days(&office.id, &criteria.anywhere());
    let hold = office.api.hold(&token, &wanted).await;
    if hold.as_ref().is_err_and(|error| error.code() == Some("entitlement-required")) {
        return Ok(go_to(visitor.links.entitlement(&office.id, criteria)));
    }
    let hold = hold.map_err(|error| PageError::from(error).choose_again_at(again))?;
    let held = HeldSlot { authority: office.id.clone(), hold };
    visitor.session.change(|session| session.held = Some(held));
    Ok(go_to(visitor.links.confirm()))
}

/// Gives the held slot back, so that it returns early.
pub(crate) async fn release(request: Request<Person, Anywhere, ()>) -> HttpResponse {
    let visitor = request.visitor;
    let held = visitor.session.read().held;
    give_back(&visitor).await;
    go_to(match held {
        Some(held) => visitor.links.days(&held.authority, &SearchCriteria::behind(&held.hold)),
        None => visitor.links.start(),
    })
}

/// Releases what this browser holds. If that fails the hold simply ends by itself.
async fn give_back(visitor: &Visitor) {
    let Some(held) = visitor.session.change(|session| session.held.take()) else { return };
    if held.hold.expires_at <= visitor.now() {
        return;
    }
    let Some(office) = visitor.portal.directory.get(&held.authority) else { return };
    let Ok(token) = visitor.token(&held.authority).await else { return };
    let released = office.api.release(&token, held.hold.hold_id, &held.hold.hold_token).await;
    if let Err(error) = released {
        tracing::info!(%error, "cannot release a hold; it expires by itself");
    }
}
