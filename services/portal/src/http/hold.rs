//! Holds a slot while the person decides, and gives it back.

use actix_web::HttpResponse;
use client::{ClientError, Hold, HoldRequest};
use ids::HoldId;

use super::{
    asked::{Asked, What},
    barring::named_in,
    draws::notice::open_draw,
    nearest,
    page_error::PageError,
    recover_holds::recover_holds,
    request::{Anywhere, Authority, Person, Request},
    search::{ChosenSlot, SearchCriteria},
    swap, visit,
    visitor::{Visitor, go_to},
};
use crate::{directory::Offer, session::HeldSlot};

/// The form of a chosen slot.
pub(crate) struct Chosen {
    slot: ChosenSlot,
    /// The hold that the person said to give up for it.
    instead_of: Option<HoldId>,
}

impl What for Chosen {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let instead_of = asked.all("instead_of")?.pop();
        Ok(Self { slot: ChosenSlot::read(asked)?, instead_of })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        self.slot.check(offer)
    }
}

/// Holds the chosen slot, then shows it for confirmation.
pub(crate) async fn take(
    request: Request<Person, Authority, Chosen>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority, asked: Chosen { slot, instead_of }, .. } = request;
    hold(&visitor, &authority, &slot, instead_of).await
}

/// The same for a slot that was chosen before the log-in. What the person holds already is kept until they
/// said that it shall be given up, and until the new one can be had.
pub(super) async fn hold(
    visitor: &Visitor,
    authority: &Authority,
    chosen: &ChosenSlot,
    instead_of: Option<HoldId>,
) -> Result<HttpResponse, PageError> {
    visitor.demand(visit::needed_level(&authority.offer, &chosen.criteria.services))?;
    if chosen.start <= visitor.now() {
        return nearest::page(visitor, authority, chosen, "slot-in-past").await;
    }
    match take_free(visitor, authority, chosen).await? {
        Ok(response) => Ok(response),
        Err(refused) if refused.code() == Some("already-holding") => {
            swap::swap(visitor, authority, chosen, instead_of, refused).await
        }
        Err(refused) => explain(visitor, authority, chosen, refused).await,
    }
}

/// Asks for the chosen slot, and gives up nothing for it.
///
/// # Errors
/// There is no token for it. The inner error is the authority's.
pub(super) async fn take_free(
    visitor: &Visitor,
    authority: &Authority,
    chosen: &ChosenSlot,
) -> Result<Result<HttpResponse, ClientError>, PageError> {
    let token = visitor.token(&authority.office.id).await?;
    let criteria = &chosen.criteria;
    let wanted = HoldRequest {
        location: chosen.location.clone(),
        start: chosen.start,
        services: criteria.services.clone(),
        people: criteria.people,
        replaces: criteria.replaces,
    };
    let taken = authority.office.api.hold(&token, &wanted).await;
    Ok(taken.map(|hold| {
        let link = visitor.links.confirm(hold.hold_id);
        begin(visitor, authority, chosen, hold);
        go_to(link)
    }))
}

/// Remembers a hold. A person holds one slot of a group at a time, so an earlier one of it is over; those
/// of other groups stay, since they are shown in other tabs.
fn begin(
    visitor: &Visitor,
    Authority { office, offer }: &Authority,
    chosen: &ChosenSlot,
    hold: Hold,
) {
    let is_over = |held: &HeldSlot| {
        held.authority == office.id
            && held.hold.hold_id != hold.hold_id
            && offer.share_a_group(&held.hold.services, &hold.services)
    };
    let known = visitor.session.read().holds;
    let over: Vec<_> =
        known.iter().filter(|held| is_over(held)).map(|held| held.hold.hold_id).collect();
    let searched = chosen.criteria.locations.clone();
    let id = hold.hold_id;
    let form = visitor.name_of(&visitor.links.confirm_form());
    let page = visitor.name_of(&visitor.links.confirm(id));
    let held = HeldSlot { authority: office.id.clone(), hold, searched };
    visitor.session.change(|session| {
        if let Some(typed) = &mut session.typed {
            typed.follow(&form, page, &id.to_string());
        }
        for id in over {
            session.give_up(id);
        }
        session.begin_hold(held);
    });
}

/// Why the chosen slot cannot be held, and the way on.
pub(super) async fn explain(
    visitor: &Visitor,
    authority: &Authority,
    chosen: &ChosenSlot,
    refused: ClientError,
) -> Result<HttpResponse, PageError> {
    let (office, criteria) = (&authority.office, &chosen.criteria);
    if refused.code() == Some("allocated-by-draw")
        && let Some(draw) = open_draw(visitor, authority, chosen).await
    {
        let link = visitor.links.draw(&office.id, &draw);
        return Err(PageError::refused("allocated-by-draw-open", link));
    }
    match refused.code() {
        // The number comes first; then this slot is held.
        Some("entitlement-required") => {
            visitor.session.change(|session| session.forget_claims(&office.id, &criteria.services));
            Ok(go_to(visitor.links.entitlement_for(&office.id, chosen)))
        }
        Some(code @ ("slot-taken" | "slot-in-past" | "asked-too-soon")) => {
            nearest::page(visitor, authority, chosen, code).await
        }
        _ => {
            let again = visitor.links.days(&office.id, criteria);
            let refused = PageError::from(refused).choose_again_at(again);
            Err(named_in(refused, visitor, authority, &criteria.services).await)
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
            visitor.session.change(|session| session.gave_back = true);
            visitor.links.days(&held.authority, &SearchCriteria::behind(held))
        }
        None => visitor.links.start(),
    })
}

/// Releases a hold. If that fails it simply ends by itself.
async fn give_back(visitor: &Visitor, held: &HeldSlot) {
    let hold = &held.hold;
    visitor.session.change(|session| session.give_up(hold.hold_id));
    if hold.expires_at <= visitor.now() {
        return;
    }
    let Some(office) = visitor.portal.directory.get(&held.authority) else { return };
    let Ok(token) = visitor.token(&held.authority).await else { return };
    if let Err(error) = office.api.release(&token, hold.hold_id, &hold.hold_token).await {
        tracing::info!(%error, hold = %hold.hold_id, "cannot release a hold; it expires by itself");
    }
}
