//! Waiting lists: joining with what suits, the place in line, offers and how they are answered.

pub(super) mod accept;
pub(super) mod answer;
pub(super) mod decline;
pub(crate) mod filled;
mod find_offer;
pub(crate) mod form;
pub(super) mod join;
pub(super) mod leave;
pub(super) mod notice;
pub(super) mod own;
pub(super) mod place;
mod whose;
pub(crate) mod words;

use std::borrow::Cow;

use client::{
    OfferNotice, PlaceLost, TrustLevel, WaitingEntry, WaitingList, WaitingOffer, WaitingStatus,
};
use ids::{OfferId, ServiceId, WaitingId};
use jiff::Timestamp;

use super::{
    asked::{Asked, What},
    page_error::PageError,
    request::{Authority, Person, Request},
    visitor::Visitor,
};
use crate::text::Texts;

/// A page about one place in a waiting list.
impl What for WaitingId {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        asked.path("place")
    }
}

/// A page about one offer.
impl What for OfferId {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        asked.path("offer")
    }
}

/// The person's own place that `is_wanted`; one that a surer log-in took is not shown to this one.
async fn find<A: What>(
    request: &Request<Person, Authority, A>,
    is_wanted: impl Fn(&WaitingEntry) -> bool,
) -> Result<WaitingEntry, PageError> {
    let token = request.token().await?;
    let places = request.authority.office.api.own_places(&token).await?;
    let found = places.into_iter().find(is_wanted);
    found.ok_or_else(|| PageError::refused("not-waiting", request.visitor.links.start()))
}

/// To a page that needs a log-in: past the log-in if this one is missing or not sure enough.
fn way_in(visitor: &Visitor, page: &str, needed: TrustLevel) -> String {
    match visitor.session.read().login {
        Some(login) if login.level >= needed => page.to_owned(),
        Some(_) => visitor.links.login_start(page, Some(needed)),
        None => visitor.links.login(page, Some(needed)),
    }
}

/// For how many days somebody who loses their place by offers cannot join again online, if at all. Whoever needs
/// an application and has no appointment (`is_only_date`) is not kept out: there is no other way to one.
fn rejoin_days(list: &WaitingList, is_only_date: bool) -> Option<u8> {
    list.rejoin_after_days.filter(|days| *days > 0 && !is_only_date)
}

/// From when on somebody who lost their place can join again online: the sentence of the refusal that they
/// would get before.
fn again_from(texts: Texts, at: Timestamp) -> Cow<'static, str> {
    texts.fill("problem-rejoin-too-soon.do", "again_at", &*texts.moment(at))
}

/// An offer that can be declined, as far as it matters for what that costs.
struct Declinable<'a> {
    service: &'a ServiceId,
    notice: OfferNotice,
    declines_left: u16,
    /// The person has an appointment and waits for an earlier one.
    is_move: bool,
}

impl<'a> Declinable<'a> {
    /// What is offered to the person at their place in line.
    fn of(entry: &'a WaitingEntry, offered: &WaitingOffer) -> Self {
        Self {
            service: &entry.service,
            notice: offered.notice,
            declines_left: entry.declines_left,
            is_move: entry.replaces.is_some(),
        }
    }

    /// What it costs to decline the offer, or not to answer it.
    async fn cost(
        &self,
        texts: Texts,
        Authority { office, offer }: &Authority,
    ) -> Vec<Cow<'static, str>> {
        match self.notice {
            OfferNotice::Short => return vec![texts.text("waiting-short-free")],
            OfferNotice::Usual if self.declines_left > 1 => {
                let more = self.declines_left - 1;
                let then = texts.fill("waiting-decline-then", "count", more);
                return vec![texts.text("waiting-decline-keeps"), then];
            }
            OfferNotice::Usual => {}
        }
        let service = offer.service(self.service);
        let is_only_date =
            !self.is_move && service.is_some_and(|service| service.entitlement_required);
        // It is worth knowing, but the page does not wait for it.
        let lists = office.api.waiting_lists().await.unwrap_or_default();
        let list = lists.iter().find(|list| list.service == *self.service);
        let days = list.and_then(|list| rejoin_days(list, is_only_date));
        let mut cost = vec![texts.text("waiting-last")];
        cost.extend(days.map(|days| texts.fill("waiting-rule-rejoin", "count", days)));
        cost
    }
}

/// The text that says how a place stands.
const fn status_key(status: Option<WaitingStatus>) -> &'static str {
    match status {
        Some(WaitingStatus::Waiting) => "waiting-status-waiting",
        Some(WaitingStatus::Offered) => "waiting-status-offered",
        Some(WaitingStatus::Asked) => "waiting-status-asked",
        Some(WaitingStatus::Booked) => "waiting-status-booked",
        Some(WaitingStatus::Ended) => "waiting-status-ended",
        None => "status-unknown",
    }
}

/// Why a place is lost, if it is.
fn lost_key(entry: &WaitingEntry) -> Option<&'static str> {
    let is_lost = entry.status == Some(WaitingStatus::Ended);
    is_lost.then_some(match entry.reason {
        Some(PlaceLost::Declines) => "waiting-lost-declines",
        Some(PlaceLost::Silence) => "waiting-lost-silence",
        Some(PlaceLost::ListEnded) => "waiting-lost-list",
        Some(PlaceLost::StandByOver) => "waiting-lost-stand-by",
        Some(PlaceLost::Unknown) | None => "waiting-lost-unknown",
    })
}

/// The badge's colour says the same as its words.
const fn status_colour(status: Option<WaitingStatus>) -> &'static str {
    match status {
        Some(WaitingStatus::Waiting) => "info",
        Some(WaitingStatus::Offered | WaitingStatus::Booked) => "success",
        Some(WaitingStatus::Asked | WaitingStatus::Ended) | None => "warning",
    }
}
