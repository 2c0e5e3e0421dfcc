//! The appointment that is moved, beside the one that it becomes.

use std::borrow::Cow;

use client::{FreeSlot, GivingUp};
use ids::{BookingCode, BookingId};

use super::{
    appointments::consequences::late_move, request::Authority, search::SearchCriteria,
    visit::Summary, visitor::Visitor,
};
use crate::text::{Texts, local};

/// The appointment that is moved.
pub(super) struct Moving {
    pub(super) old: Summary,
    pub(super) code: BookingCode,
    /// It was cancelled, moved or has begun meanwhile: then nothing can be moved.
    pub(super) is_gone: bool,
    /// It is so late that it counts as half a miss: what that means.
    pub(super) late: Option<Cow<'static, str>>,
    /// What the move means for the next one, as far as the authority says it.
    pub(super) next: Option<Cow<'static, str>>,
}

impl Moving {
    /// The appointment called `id`; nothing if none is moved, or if it cannot be read: what follows from the
    /// step is said all the same.
    pub(super) async fn of(
        visitor: &Visitor,
        authority: &Authority,
        id: Option<BookingId>,
    ) -> Option<Self> {
        let id = id?;
        let token = visitor.token(&authority.office.id).await.ok()?;
        let booking = authority.office.api.booking(&token, id).await.ok()?;
        let (services, place) = (&booking.services, &booking.location);
        let time = (booking.start, booking.end);
        let old = Summary::new(visitor.texts, &authority.offer, services, place, time);
        let next = booking.giving_up.as_ref().and_then(|it| next(visitor.texts, it));
        let now = visitor.now();
        let late = late_move(visitor.texts, &authority.offer, &booking, now);
        let is_gone = !booking.can_change(now);
        Some(Self { old, code: booking.code, is_gone, late, next })
    }
}

/// From when on the next one is possible, or how many more are free.
fn next(texts: Texts, giving_up: &GivingUp) -> Option<Cow<'static, str>> {
    if let Some(at) = giving_up.move_again_from {
        return Some(texts.fill("move-wait", "time", texts.moment(at).into_owned()));
    }
    let left = giving_up.free_left?.saturating_sub(1);
    Some(texts.fill("move-free-left", "count", left))
}

/// `next`, or the one after it on its day if it is the very time and place of the appointment that is moved. `None` if
/// the day has no other one.
pub(super) async fn other_slot(
    visitor: &Visitor,
    authority: &Authority,
    criteria: &SearchCriteria,
    next: FreeSlot,
) -> Option<FreeSlot> {
    let api = &authority.office.api;
    let Some(id) = criteria.replaces else { return Some(next) };
    let Ok(token) = visitor.token(&authority.office.id).await else { return Some(next) };
    let own = api.booking(&token, id).await.ok();
    let is_own = |slot: &FreeSlot| {
        let is_it =
            |own: &client::Booking| (own.start, &own.location) == (slot.start, &slot.location);
        own.as_ref().is_some_and(is_it)
    };
    if !is_own(&next) {
        return Some(next);
    }
    let day = api.slots(&criteria.visit(&authority.offer), local(next.start).date()).await.ok()?;
    day.slots.into_iter().filter(|slot| !is_own(slot)).min_by_key(|slot| slot.start)
}
