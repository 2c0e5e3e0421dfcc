//! What the page of a service says if its appointments are drawn.

use client::{Allocation, Draw, Service, TrustLevel};
use ids::{AuthorityId, DrawId};
use jiff::ToSpan as _;

use super::{facts::DrawFacts, stage::Stage};
use crate::{
    http::{
        page_error::PageError,
        request::Authority,
        search::{ChosenSlot, SearchCriteria},
        visit,
        visitor::Visitor,
    },
    text::local,
};

/// How many past draws are shown.
const PAST: usize = 3;

/// Whether people without an appointment enter draws for one. Draws of earlier appointments only move those
/// who have one; they are shown beside it.
pub(crate) fn is_drawn(service: &Service) -> bool {
    service.allocation.is_drawn() && !service.earlier_by_draw
}

/// The text that says in one line how the appointments are given out, if not in the order of
/// asking.
pub(crate) fn allocation_key(service: &Service) -> Option<&'static str> {
    match service.allocation {
        Allocation::Draw => Some("start-drawn"),
        Allocation::DrawThenImmediate => is_drawn(service).then_some("start-drawn-first"),
        Allocation::Assign => Some("start-assigned"),
        Allocation::Immediate | Allocation::Unknown => None,
    }
}

/// What the page of a service says if its appointments are drawn.
pub(crate) struct Notice {
    /// Those that can be entered, and those that open soon.
    pub(crate) current: Vec<Entrance>,
    pub(crate) past: Vec<DrawFacts>,
    /// Nothing can be booked but what is drawn.
    pub(crate) is_only_way: bool,
    /// How to log in, for a visitor who is not logged in.
    pub(crate) level_key: Option<&'static str>,
}

/// A draw and the way into it.
pub(crate) struct Entrance {
    pub(crate) facts: DrawFacts,
    pub(crate) enter: String,
}

impl Notice {
    /// `None` if nothing that is searched is drawn, or if an appointment is being moved: a person with
    /// an appointment cannot enter.
    pub(crate) async fn of(
        visitor: &Visitor,
        authority: &Authority,
        criteria: &SearchCriteria,
    ) -> Result<Option<Self>, PageError> {
        let Authority { office, offer } = authority;
        let mut wanted = criteria.services.iter().filter_map(|id| offer.service(id));
        let Some(service) = wanted.find(|service| is_drawn(service)) else {
            return Ok(None);
        };
        if criteria.replaces.is_some() {
            return Ok(None);
        }
        let mut draws = office.api.draws().await?;
        draws.retain(|draw| draw.service == service.id);
        draws.sort_by_key(|draw| draw.closes);
        Ok(Some(Self::new(visitor, authority, service, &draws)))
    }

    fn new(
        visitor: &Visitor,
        Authority { office, offer }: &Authority,
        service: &Service,
        draws: &[Draw],
    ) -> Self {
        let facts = |draw: &Draw| DrawFacts::new(visitor, &office.id, offer, draw);
        let (current, past): (Vec<_>, Vec<_>) = draws
            .iter()
            .map(facts)
            .partition(|facts| matches!(facts.stage, Stage::Soon | Stage::Open));
        let needed = visit::needed_level(offer, std::slice::from_ref(&service.id));
        let is_logged_in = visitor.session.read().login.is_some();
        let entrance = |facts: DrawFacts| {
            let enter = way_in(visitor, &office.id, facts.id, needed);
            Entrance { facts, enter }
        };
        Self {
            current: current.into_iter().map(entrance).collect(),
            past: past.into_iter().rev().take(PAST).collect(),
            is_only_way: service.allocation == Allocation::Draw,
            level_key: (!is_logged_in).then(|| visit::level_key(needed)),
        }
    }

    /// The text that says what happens to who is drawn.
    pub(crate) fn winners_key(&self) -> &'static str {
        match self.current.iter().any(|way| way.facts.must_confirm) {
            true => "draw-notice-confirm",
            false => "draw-notice-booked",
        }
    }

    pub(crate) fn is_none_open(&self) -> bool {
        self.current.is_empty()
    }
}

/// The draw that can be entered now and has the seats of the day on which `chosen` is. Nothing if that cannot be
/// learnt: that these seats are drawn is said all the same.
pub(crate) async fn open_draw(
    visitor: &Visitor,
    authority: &Authority,
    chosen: &ChosenSlot,
) -> Option<DrawId> {
    let day = local(chosen.start).date();
    let draws = authority.office.api.draws().await.ok()?;
    let is_it = |draw: &&Draw| {
        let next_week = draw.week.checked_add(1.week());
        draw.is_open(visitor.now())
            && chosen.criteria.services.contains(&draw.service)
            && draw.week <= day
            && next_week.is_ok_and(|next| day < next)
    };
    draws.iter().find(is_it).map(|draw| draw.id)
}

/// To the visitor's own entry, past the log-in if they are not logged in. Without an entry, the
/// page asks for wishes.
pub(super) fn way_in(
    visitor: &Visitor,
    authority: &AuthorityId,
    draw: DrawId,
    needed: TrustLevel,
) -> String {
    let entry = visitor.links.entry(authority, &draw);
    match visitor.session.read().login {
        Some(_) => entry,
        None => visitor.links.login(&entry, Some(needed)),
    }
}
