//! Another slot instead of the one that is held: one clear question first. The held one is kept until the
//! person said so and the other one can be had.

use std::borrow::Cow;

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use client::{ClientError, FreeSlot, Hold, Visit};
use ids::{AuthorityId, HoldId, LocationId, ServiceId};
use jiff::Timestamp;

use super::{
    frame::Frame,
    hold, nearest,
    own_holds::own_holds,
    page_error::PageError,
    request::Authority,
    search::{ChosenSlot, SearchCriteria, slot_field},
    visit::Summary,
    visitor::{Visitor, go_to},
};
use crate::{
    session::HeldSlot,
    text::{Texts, local},
};

#[derive(Template)]
#[template(path = "swap.html")]
struct SwapPage {
    frame: Frame,
    authority: AuthorityId,
    criteria: SearchCriteria,
    present: Offered,
    until: Cow<'static, str>,
    wanted: Offered,
    /// What giving the present one up counts for.
    counts: Option<Cow<'static, str>>,
    /// A person who gave it up could hold no other slot: then there is nothing to choose.
    must_keep: bool,
    hold: HoldId,
    slot: String,
    keep: String,
}

/// One of the two: what the person chooses between.
struct Offered {
    summary: Summary,
    /// How many come, if one of the two is for more than one person.
    people: Option<Cow<'static, str>>,
    /// It moves an appointment, and the other one does not move the same.
    moves: bool,
}

/// What giving a hold up, or letting it run out, counts for, as far as the authority says it.
pub(super) fn counts(texts: Texts, hold: &Hold) -> Option<Cow<'static, str>> {
    let giving_up = hold.giving_up.as_ref()?;
    if let Some(at) = giving_up.hold_again_from {
        return Some(texts.fill("hold-wait", "time", texts.moment(at).into_owned()));
    }
    let left = giving_up.free_left?.saturating_sub(1);
    Some(texts.fill("hold-free-left", "count", left))
}

/// The authority refused `chosen` because the person holds another slot of the group: another time, or the same
/// for other services, for more or fewer people, or instead of another appointment. `instead_of` is the hold that
/// they said to give up for it.
pub(super) async fn swap(
    visitor: &Visitor,
    authority: &Authority,
    chosen: &ChosenSlot,
    instead_of: Option<HoldId>,
    refused: ClientError,
) -> Result<HttpResponse, PageError> {
    let Some(present) = present(visitor, authority, chosen).await? else {
        return hold::explain(visitor, authority, chosen, refused).await;
    };
    let is_same_visit =
        chosen.is_visit(&present.location, present.start, &present.services, present.people);
    if is_same_visit && present.replaces == chosen.criteria.replaces {
        return Ok(go_to(visitor.links.confirm(present.hold_id)));
    }
    // The wanted one is looked for before the present one is given up. Where only the appointment that is moved
    // differs, it is the very seat that is held.
    let ends = if is_same_visit {
        Some(present.end)
    } else {
        find_free(visitor, authority, chosen).await?.map(|free| free.end)
    };
    let Some(ends) = ends else {
        return nearest::page(visitor, authority, chosen, "slot-taken").await;
    };
    let must_keep = present.giving_up.as_ref().is_some_and(|it| it.hold_again_from.is_some());
    if must_keep || instead_of != Some(present.hold_id) {
        let page = page(visitor, authority, chosen, &present, ends, must_keep);
        return Ok(visitor.page_with_status(StatusCode::CONFLICT, &page));
    }
    exchange(visitor, authority, chosen, &present).await
}

/// Gives `present` up and takes `chosen`.
async fn exchange(
    visitor: &Visitor,
    authority: &Authority,
    chosen: &ChosenSlot,
    present: &Hold,
) -> Result<HttpResponse, PageError> {
    let token = visitor.token(&authority.office.id).await?;
    authority.office.api.release(&token, present.hold_id, &present.hold_token).await?;
    visitor.session.change(|session| session.give_up(present.hold_id));
    match hold::take_free(visitor, authority, chosen).await? {
        Ok(response) => Ok(response),
        Err(refused) => {
            // Taken in this very moment: the page says that the other one is gone, too.
            visitor.session.change(|session| session.gave_back = true);
            hold::explain(visitor, authority, chosen, refused).await
        }
    }
}

/// The person's hold in the group of `chosen`.
async fn present(
    visitor: &Visitor,
    authority: &Authority,
    chosen: &ChosenSlot,
) -> Result<Option<Hold>, PageError> {
    let known = own_holds(visitor, authority).await?;
    let Authority { office, offer } = authority;
    let bars = |hold: &Hold| {
        hold.expires_at > visitor.now()
            && offer.share_a_group(&hold.services, &chosen.criteria.services)
    };
    let present = known.into_iter().find(bars);
    if let Some(hold) = &present
        && !visitor.session.read().knows_hold(hold.hold_id)
    {
        let hold = Hold { giving_up: None, ..hold.clone() };
        let held = HeldSlot { authority: office.id.clone(), hold, searched: Vec::new() };
        visitor.session.change(|session| session.begin_hold(held));
    }
    Ok(present)
}

async fn find_free(
    visitor: &Visitor,
    authority: &Authority,
    chosen: &ChosenSlot,
) -> Result<Option<FreeSlot>, PageError> {
    let visit = Visit {
        services: chosen.criteria.services.clone(),
        locations: vec![chosen.location.clone()],
        people: chosen.criteria.people,
    };
    let free = authority.office.api.slots(&visit, local(chosen.start).date()).await?.slots;
    let is_open = chosen.start > visitor.now();
    Ok(free.into_iter().find(|free| is_open && free.free > 0 && free.start == chosen.start))
}

fn page(
    visitor: &Visitor,
    Authority { office, offer }: &Authority,
    chosen: &ChosenSlot,
    present: &Hold,
    ends: Timestamp,
    must_keep: bool,
) -> SwapPage {
    let texts = visitor.texts;
    let ChosenSlot { criteria, location, start } = chosen;
    let wanted_people = criteria.people.unwrap_or(1);
    let says_people = present.people.max(wanted_people) > 1;
    let people = |count| says_people.then(|| texts.fill("visit-people", "count", count));
    let says_moves = present.replaces != criteria.replaces;
    let summary = |services: &[ServiceId], place: &LocationId, time| {
        Summary::new(texts, offer, services, place, time)
    };
    let title = if must_keep { "swap-keep-title" } else { "swap-title" };
    SwapPage {
        frame: visitor.frame(texts.text(title)),
        authority: office.id.clone(),
        criteria: criteria.clone(),
        present: Offered {
            summary: summary(&present.services, &present.location, (present.start, present.end)),
            people: people(present.people),
            moves: says_moves && present.replaces.is_some(),
        },
        until: texts.time(present.expires_at),
        wanted: Offered {
            summary: summary(&criteria.services, location, (*start, ends)),
            people: people(wanted_people),
            moves: says_moves && criteria.replaces.is_some(),
        },
        counts: counts(texts, present),
        must_keep,
        hold: present.hold_id,
        slot: slot_field(location, *start),
        keep: visitor.links.confirm(present.hold_id),
    }
}
