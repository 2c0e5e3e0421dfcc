//! Holds a slot while the person decides, and gives it back.

use actix_web::HttpResponse;
use client::HoldRequest;
use ids::{HoldId, ServiceId};

use super::{
    asked::{Asked, What},
    barring::named_in,
    nearest,
    page_error::PageError,
    recover_holds::{recover_holds, recover_holds_at},
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
    let Request { visitor, authority, asked, .. } = request;
    hold(&visitor, &authority, &asked).await
}

/// The same for a slot that was chosen before the log-in.
pub(super) async fn hold(
    visitor: &Visitor,
    authority: &Authority,
    chosen: &ChosenSlot,
) -> Result<HttpResponse, PageError> {
    let Authority { office, offer } = authority;
    let criteria = &chosen.criteria;
    visitor.demand(visit::needed_level(offer, &criteria.services))?;
    if chosen.start <= visitor.now() {
        return nearest::page(visitor, authority, chosen, "slot-in-past").await;
    }
    let token = visitor.token(&office.id).await?;

    give_back_of_group(visitor, authority, &criteria.services).await;
    let wanted = HoldRequest {
        location: chosen.location.clone(),
        start: chosen.start,
        services: criteria.services.clone(),
        people: criteria.people,
        replaces: criteria.replaces,
    };
    let error = match office.api.hold(&token, &wanted).await {
        Ok(hold) => {
            let link = visitor.links.confirm(hold.hold_id);
            let searched = criteria.locations.clone();
            let held = HeldSlot { authority: office.id.clone(), hold, searched };
            visitor.session.change(|session| session.begin_hold(held));
            return Ok(go_to(link));
        }
        Err(error) => error,
    };
    match error.code() {
        Some("entitlement-required") => Ok(go_to(visitor.links.entitlement(&office.id, criteria))),
        Some(code @ ("slot-taken" | "slot-in-past" | "asked-too-soon")) => {
            nearest::page(visitor, authority, chosen, code).await
        }
        code => {
            if code == Some("already-holding") {
                // On another device, perhaps: then it can be booked here.
                recover_holds_at(visitor, office).await;
            }
            let again = visitor.links.days(&office.id, criteria);
            let refused = PageError::from(error).choose_again_at(again);
            Err(named_in(refused, visitor, authority).await)
        }
    }
}

/// The form of a held slot: it names the hold that it shows, so that it acts on no other.
pub(crate) struct Form {
    hold: HoldId,
}

impl What for Form {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self { hold: hold_of_form(asked)? })
    }
}

/// The hold that a form shows.
pub(super) fn hold_of_form(asked: &Asked) -> Result<HoldId, PageError> {
    let hold = asked.field("hold").and_then(|hold| hold.parse().ok());
    hold.ok_or(PageError::FormExpired)
}

/// Gives the slot of the form back, so that it returns early.
pub(crate) async fn release(request: Request<Person, Anywhere, Form>) -> HttpResponse {
    let Request { visitor, asked: Form { hold }, .. } = request;
    if !visitor.session.read().knows_hold(hold) {
        recover_holds(&visitor).await;
    }
    let session = visitor.session.read();
    if let Some(booked) = session.booking_of(hold) {
        // Booked meanwhile, in another window: an appointment is cancelled on its own page only.
        return go_to(visitor.links.appointment(&booked.authority, &booked.booking));
    }
    go_to(match session.hold(hold) {
        Some(held) => {
            give_back(&visitor, held).await;
            visitor.links.days(&held.authority, &SearchCriteria::behind(held))
        }
        None => visitor.links.start(),
    })
}

/// Gives back what this browser holds of the same group: a person holds one slot of a group at a time.
/// Slots of other groups stay, since they are shown in other tabs.
async fn give_back_of_group(visitor: &Visitor, authority: &Authority, services: &[ServiceId]) {
    let here = authority.office.id.clone();
    for held in visitor.session.read().holds {
        let is_same =
            held.authority == here && authority.offer.share_a_group(&held.hold.services, services);
        if is_same {
            give_back(visitor, &held).await;
        }
    }
}

/// Releases a hold. If that fails it simply ends by itself.
async fn give_back(visitor: &Visitor, held: &HeldSlot) {
    let hold = &held.hold;
    visitor.session.change(|session| session.end_hold(hold.hold_id));
    if hold.expires_at <= visitor.now() {
        return;
    }
    let Some(office) = visitor.portal.directory.get(&held.authority) else { return };
    let Ok(token) = visitor.token(&held.authority).await else { return };
    if let Err(error) = office.api.release(&token, hold.hold_id, &hold.hold_token).await {
        tracing::info!(%error, hold = %hold.hold_id, "cannot release a hold; it expires by itself");
    }
}
