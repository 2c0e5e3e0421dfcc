//! Waiting lists: joining with what suits, the place in line, offers and how they are answered.

pub(super) mod accept;
pub(super) mod answer;
pub(crate) mod filled;
pub(crate) mod form;
pub(super) mod join;
pub(super) mod leave;
pub(super) mod notice;
pub(super) mod own;
pub(super) mod place;
pub(crate) mod words;

use client::{OfferNotice, TrustLevel, WaitingEntry, WaitingStatus};
use ids::{OfferId, WaitingId};

use super::{
    asked::{Asked, What},
    page_error::PageError,
    request::{Authority, Person, Request},
    visitor::Visitor,
};

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
    missing: &str,
    is_wanted: impl Fn(&WaitingEntry) -> bool,
) -> Result<WaitingEntry, PageError> {
    let token = request.token().await?;
    let places = request.authority.office.api.own_places(&token).await?;
    let found = places.into_iter().find(is_wanted);
    found.ok_or_else(|| PageError::refused(missing, request.visitor.links.start()))
}

/// To a page that needs a log-in: past the log-in if this one is missing or not sure enough.
fn way_in(visitor: &Visitor, page: &str, needed: TrustLevel) -> String {
    match visitor.session.read().login {
        Some(login) if login.level >= needed => page.to_owned(),
        Some(_) => visitor.links.login_start(page, Some(needed)),
        None => visitor.links.login(page, Some(needed)),
    }
}

/// The text that says what it costs to decline an offer, or not to answer it.
const fn decline_key(notice: OfferNotice, declines_left: u16) -> &'static str {
    match notice {
        OfferNotice::Short => "waiting-short-free",
        OfferNotice::Usual if declines_left <= 1 => "waiting-last",
        OfferNotice::Usual => "waiting-decline-keeps",
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

/// The badge's colour says the same as its words.
const fn status_colour(status: Option<WaitingStatus>) -> &'static str {
    match status {
        Some(WaitingStatus::Waiting) => "info",
        Some(WaitingStatus::Offered | WaitingStatus::Booked) => "success",
        Some(WaitingStatus::Asked | WaitingStatus::Ended) | None => "warning",
    }
}
