//! The chosen slot went, or the person holds that time already: why, and the nearest free ones.

use std::borrow::Cow;

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use client::{FreeSlot, Hold};
use ids::AuthorityId;
use jiff::Timestamp;

use super::{
    frame::Frame,
    own_holds::own_holds,
    page_error::PageError,
    request::Authority,
    search::{ChosenSlot, SearchCriteria, slot_field},
    visit::{self, LocationSummary},
    visitor::Visitor,
};
use crate::text::local;

/// How many are shown: enough to choose from, few enough to be read out.
const MOST: usize = 6;

#[derive(Template)]
#[template(path = "nearest.html")]
struct NearestPage {
    frame: Frame,
    authority: AuthorityId,
    criteria: SearchCriteria,
    what: Cow<'static, str>,
    /// The page of the person's own hold, if that is what takes the time.
    own: Option<String>,
    times: Vec<NearTime>,
    /// A slot can be held at once; otherwise the next page asks to log in.
    ready: bool,
    again: String,
}

struct NearTime {
    moment: Cow<'static, str>,
    place: LocationSummary,
    field: String,
    link: String,
}

/// Says why `chosen` cannot be had (`problem-<code>`), and what is free nearest to it in time.
pub(super) async fn page(
    visitor: &Visitor,
    authority: &Authority,
    chosen: &ChosenSlot,
    code: &str,
) -> Result<HttpResponse, PageError> {
    let Authority { office, offer } = authority;
    let criteria = chosen.criteria.clone();
    let again = visitor.links.day(&office.id, &criteria, local(chosen.start).date());
    let slots = free_near(visitor, authority, chosen).await?;
    let needed = visit::needed_level(offer, &criteria.services);
    let time = |slot: &FreeSlot| NearTime {
        moment: visitor.texts.moment(slot.start),
        place: LocationSummary::find(offer, &slot.location, visitor.texts),
        field: slot_field(&slot.location, slot.start),
        link: visitor.links.choice(&office.id, &criteria, slot),
    };
    let text = |part: &str| visitor.texts.text(&format!("problem-{code}{part}"));
    let own = match code {
        "slot-taken" | "slot-not-free" | "asked-too-soon" => {
            own_hold(visitor, authority, chosen).await
        }
        _ => None,
    };
    let (title, what) = match &own {
        Some(hold) => {
            let until = visitor.texts.time(hold.expires_at);
            let what = visitor.texts.fill("nearest-own-body", "time", until.as_ref());
            (visitor.texts.text("nearest-own"), what)
        }
        None => (text(""), text(".what")),
    };
    let page = NearestPage {
        frame: visitor.frame(title).of_error(),
        authority: office.id.clone(),
        what,
        own: own.map(|hold| visitor.links.confirm(hold.hold_id)),
        times: slots.iter().map(time).collect(),
        ready: visitor.session.read().login.is_some_and(|login| login.level >= needed),
        again,
        criteria,
    };
    Ok(visitor.page_with_status(StatusCode::CONFLICT, &page))
}

/// The person's own hold that takes the chosen time, if one does.
async fn own_hold(visitor: &Visitor, authority: &Authority, chosen: &ChosenSlot) -> Option<Hold> {
    visitor.session.read().login.filter(|login| !login.is_staff)?;
    let takes = |hold: &Hold| {
        // How long the chosen visit takes the authority knows; about as long as the other one.
        let length = hold.end.duration_since(hold.start);
        let ends = chosen.start.saturating_add(length).unwrap_or(Timestamp::MAX);
        hold.expires_at > visitor.now()
            && hold.location == chosen.location
            && hold.start < ends
            && chosen.start < hold.end
    };
    own_holds(visitor, authority).await.ok()?.into_iter().find(takes)
}

/// The free slots of the same day, the nearest in time first and at the same time the same place; if there
/// are none, the next of all days anywhere.
async fn free_near(
    visitor: &Visitor,
    authority: &Authority,
    chosen: &ChosenSlot,
) -> Result<Vec<FreeSlot>, PageError> {
    let Authority { office, offer } = authority;
    let visit = chosen.criteria.visit(offer);
    let day = office.api.slots(&visit, local(chosen.start).date()).await?.slots;
    let is_other = |slot: &FreeSlot| slot.start != chosen.start || slot.location != chosen.location;
    let mut near: Vec<_> =
        day.into_iter().filter(|slot| slot.start > visitor.now() && is_other(slot)).collect();
    near.sort_by_key(|slot| {
        let distance = slot.start.duration_since(chosen.start).abs();
        (distance, slot.location != chosen.location, slot.start)
    });
    near.truncate(MOST);
    if near.is_empty() {
        let anywhere = chosen.criteria.anywhere().visit(offer);
        near.extend(office.api.earliest(&anywhere).await?.slot.filter(is_other));
    }
    Ok(near)
}
