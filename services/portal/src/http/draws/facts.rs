//! What every page about a draw says of it.

use std::borrow::Cow;

use client::Draw;
use ids::{AuthorityId, DrawId};
use jiff::ToSpan as _;

use super::stage::Stage;
use crate::{
    directory::Offer,
    http::{
        search::SearchCriteria,
        visit::{self, Name},
        visitor::Visitor,
    },
    text::Texts,
};

/// What it costs winners of the draw not to accept their seats.
pub(super) fn declines(texts: Texts, draw: &Draw) -> Option<Cow<'static, str>> {
    let limit = draw.declined_seats?;
    let times = u32::from(limit.max) + 1;
    Some(
        texts.fill_values("draw-declines", &[("times", times.into()), ("days", limit.days.into())]),
    )
}

/// A draw in words.
pub(crate) struct DrawFacts {
    pub(crate) id: DrawId,
    pub(crate) authority: AuthorityId,
    pub(crate) authority_name: Name,
    pub(crate) service: Vec<Name>,
    pub(crate) stage: Stage,
    /// From Monday to Sunday.
    pub(crate) week: Cow<'static, str>,
    pub(crate) opens: Cow<'static, str>,
    pub(crate) closes: Cow<'static, str>,
    /// The result is there then at the earliest, as long as it is not.
    pub(crate) result_from: Option<Cow<'static, str>>,
    pub(crate) slots: u32,
    /// It is among people who have an appointment and keep it unless they win an earlier one.
    pub(crate) for_earlier: bool,
    pub(crate) entered: Option<u32>,
    /// How many got an appointment.
    pub(crate) served: Option<u32>,
    /// How many were drawn, whatever became of their seats.
    pub(crate) drawn: Option<u32>,
    /// How many of these have taken their seats so far.
    pub(crate) taken: Option<u32>,
    /// Winners are not booked at once.
    pub(crate) must_confirm: bool,
    /// What it costs not to accept what was drawn, if it costs anything.
    pub(crate) declines: Option<Cow<'static, str>>,
    /// Free appointments of the service, and its other draws.
    pub(crate) days: String,
}

impl DrawFacts {
    pub(crate) fn new(
        visitor: &Visitor,
        authority: &AuthorityId,
        offer: &Offer,
        draw: &Draw,
    ) -> Self {
        let texts = visitor.texts;
        let (first, last) = (draw.week, draw.week.saturating_add(6.days()));
        let week = [("first", &*texts.date(first)), ("last", &*texts.date(last))];
        Self {
            id: draw.id,
            authority: authority.clone(),
            authority_name: Name::of(&offer.name, texts),
            service: visit::service_names(texts, offer, std::slice::from_ref(&draw.service)),
            stage: Stage::of(draw, visitor.now()),
            week: texts.fill_all("draw-week", &week),
            opens: texts.moment(draw.opens),
            closes: texts.moment(draw.closes),
            result_from: draw.result_from.map(|from| texts.moment(from)),
            slots: draw.slots,
            for_earlier: draw.needs_appointment,
            entered: draw.entered,
            served: draw.served,
            drawn: draw.drawn,
            taken: draw.taken,
            must_confirm: draw.confirm_within.is_some(),
            declines: declines(texts, draw),
            days: visitor.links.days(authority, &SearchCriteria::service(draw.service.clone())),
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.stage == Stage::Open
    }

    /// When the result can be there at the earliest. Where that is not known, nothing is drawn before the closing.
    pub(crate) fn result_not_before(&self) -> &str {
        self.result_from.as_ref().unwrap_or(&self.closes)
    }

    /// The text that says what happens to who is drawn.
    pub(crate) const fn winners_key(&self) -> &'static str {
        if self.must_confirm { "draw-wishes-confirm" } else { "draw-wishes-booked" }
    }

    pub(crate) fn is_settled(&self) -> bool {
        self.stage == Stage::Settled
    }

    pub(crate) fn is_void(&self) -> bool {
        self.stage == Stage::Void
    }
}
