//! Holds a slot while the person decides, and gives it back.

use actix_web::{HttpResponse, web};
use client::HoldRequest;
use ids::AuthorityId;

use super::{
    form::{Posted, field},
    link::{SearchCriteria, read_slot_field},
    page_error::PageError,
    visit,
    visitor::{Visitor, go_to},
};
use crate::session::HeldSlot;

/// Holds the chosen slot, then shows it for confirmation.
pub(crate) async fn take(
    visitor: Visitor,
    path: web::Path<(String, AuthorityId)>,
    Posted(fields): Posted,
) -> Result<HttpResponse, PageError> {
    let (_, authority) = path.into_inner();
    let criteria = SearchCriteria::from_fields(&fields)?;
    let (location, start) = read_slot_field(field(&fields, "slot").ok_or(PageError::BadRequest)?)?;
    let (office, offer) = visitor.office(&authority).await?;
    visitor.demand(visit::needed_level(&offer, &criteria.services), true)?;
    let token = visitor.token(&authority, true).await?;

    give_back(&visitor).await;
    let wanted = HoldRequest {
        location,
        start,
        services: criteria.services.clone(),
        people: None,
        replaces: criteria.replaces,
    };
    let again = visitor.links.days(&authority, &criteria.anywhere());
    let hold = office.api.hold(&token, &wanted).await;
    if hold.as_ref().is_err_and(|error| error.code() == Some("entitlement-required")) {
        return Ok(go_to(visitor.links.entitlement(&authority, &criteria)));
    }
    let hold = hold.map_err(|error| PageError::from(error).choose_again_at(again))?;
    let held = HeldSlot { authority, hold };
    visitor.session.change(|session| session.held = Some(held));
    Ok(go_to(visitor.links.confirm()))
}

/// Gives the held slot back, so that it returns early.
pub(crate) async fn release(visitor: Visitor, _: Posted) -> Result<HttpResponse, PageError> {
    let held = visitor.session.read().held;
    give_back(&visitor).await;
    let next = held.map(|held| {
        let criteria = SearchCriteria {
            services: held.hold.services,
            replaces: held.hold.replaces,
            ..SearchCriteria::default()
        };
        visitor.links.days(&held.authority, &criteria)
    });
    Ok(go_to(next.unwrap_or_else(|| visitor.links.start())))
}

/// Releases what this browser holds. If that fails the hold simply ends by itself.
async fn give_back(visitor: &Visitor) {
    let Some(held) = visitor.session.change(|session| session.held.take()) else { return };
    if held.hold.expires_at <= visitor.now() {
        return;
    }
    let Some(office) = visitor.portal.directory.get(&held.authority) else { return };
    let Ok(token) = visitor.token(&held.authority, true).await else { return };
    let released = office.api.release(&token, held.hold.hold_id, &held.hold.hold_token).await;
    if let Err(error) = released {
        tracing::info!(%error, "cannot release a hold; it expires by itself");
    }
}
