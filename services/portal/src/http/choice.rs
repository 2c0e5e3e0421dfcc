//! The chosen slot, before it is held: what it is, and what comes next.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{TrustLevel, Visit};
use ids::{AuthorityId, HoldId};

use super::{
    another_time::AnotherTime,
    application::Application,
    barring::{barring, gone},
    frame::Frame,
    hold, nearest,
    other_booking::OtherBooking,
    page_error::PageError,
    request::{Anybody, Authority, Request},
    search::{ChosenSlot, SearchCriteria, slot_field},
    visit::{self, Summary},
    visitor::{Visitor, go_to},
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
    /// If more than one.
    people: Option<Cow<'static, str>>,
    /// Where to log in, if that is needed first.
    login: Option<String>,
    /// Logged in, but not surely enough for this service.
    step_up: bool,
    needed: TrustLevel,
    /// The appointment with which this one cannot be held.
    other: Option<OtherBooking>,
    /// The number of an application comes before the slot is held.
    needs_number: bool,
    back: String,
}

pub(crate) async fn show(
    request: Request<Anybody, Authority, ChosenSlot>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority, asked, .. } = request;
    // No time is chosen: that page says what people do instead.
    if !AnotherTime::of(&authority.offer, &asked.criteria.services).is_chosen() {
        return Ok(go_to(visitor.links.days(&authority.office.id, &asked.criteria)));
    }
    if let Some(failure) = gone(&visitor, &authority, &asked.criteria).await {
        return Err(failure);
    }
    let needed = visit::needed_level(&authority.offer, &asked.criteria.services);
    let level = visitor.session.read().login.map(|login| login.level);
    let is_ready = level.is_some_and(|level| level >= needed);
    if is_ready && was_chosen_before_the_login(&visitor) {
        return hold::hold(&visitor, &authority, &asked, None).await;
    }
    if is_ready && let Some(hold) = held_already(&visitor, &authority, &asked) {
        return Ok(go_to(visitor.links.confirm(hold)));
    }
    if asked.start <= visitor.now() {
        return nearest::page(&visitor, &authority, &asked, "slot-in-past").await;
    }

    // The slot may have gone since the page with the times was made, or never have been one: an address can
    // be written by hand.
    let date = local(asked.start).date();
    let services = asked.criteria.services.clone();
    let locations = vec![asked.location.clone()];
    let visit = Visit { services, locations, people: asked.criteria.people };
    let free = authority.office.api.slots(&visit, date).await?.slots;
    let Some(free) = free.into_iter().find(|free| free.start == asked.start) else {
        return nearest::page(&visitor, &authority, &asked, "slot-not-free").await;
    };

    let other = barring(&visitor, &authority, &asked.criteria).await;
    let Authority { office, offer } = authority;
    let ChosenSlot { criteria, location, start } = asked;
    let texts = visitor.texts;
    let back = visitor.links.day(&office.id, &criteria, date);
    let time = (start, free.end);
    let application = Application::of(&visitor, &office.id, &offer, &criteria);
    let page = ChoicePage {
        frame: visitor.frame(texts.text("choice-title")),
        summary: Summary::new(texts, &offer, &criteria.services, &location, time),
        people: criteria.people.map(|people| texts.fill("visit-people", "count", people)),
        login: (!is_ready).then(|| visitor.links.login_and_hold(&visitor.here, needed)),
        step_up: level.is_some() && !is_ready,
        needed,
        other,
        needs_number: matches!(application, Some(Application::Needed(_))),
        authority: office.id,
        slot: slot_field(&location, start),
        criteria,
        back,
    };
    Ok(visitor.page(&page))
}

/// Whether the person chose this slot and then logged in: then it is held without another click, once.
fn was_chosen_before_the_login(visitor: &Visitor) -> bool {
    let chosen = visitor.session.change(|session| session.to_hold.take());
    chosen.is_some_and(|page| page == visitor.here)
}

/// The hold of exactly this choice: a person who goes back to the choice continues with what is
/// reserved.
fn held_already(visitor: &Visitor, authority: &Authority, chosen: &ChosenSlot) -> Option<HoldId> {
    let session = visitor.session.read();
    let criteria = &chosen.criteria;
    let held = session.held_at(visitor.now()).find(|held| {
        let hold = &held.hold;
        held.authority == authority.office.id
            && (&hold.location, hold.start) == (&chosen.location, chosen.start)
            && hold.services == criteria.services
            && hold.people == criteria.people.unwrap_or(1)
            && hold.replaces == criteria.replaces
    });
    held.map(|held| held.hold.hold_id)
}

impl ChoicePage {
    fn level_key(&self) -> &'static str {
        visit::level_key(self.needed)
    }
}
