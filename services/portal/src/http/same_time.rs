//! The time of a hold that is over, if it is still free.

use std::borrow::Cow;

use client::Booking;
use ids::AuthorityId;

use super::{
    asked::{Asked, What},
    page_error::PageError,
    request::Authority,
    search::{ChosenSlot, SearchCriteria},
    visitor::Visitor,
};
use crate::{session::HeldSlot, text::local};

/// A time that can be chosen again.
#[derive(Debug)]
pub(crate) struct SameTime {
    /// Day and time.
    pub(crate) moment: Cow<'static, str>,
    /// Where it is chosen.
    pub(crate) link: String,
}

impl SameTime {
    /// `None` if it is taken, or if that cannot be learnt.
    pub(super) async fn find(
        visitor: &Visitor,
        authority: &Authority,
        chosen: &ChosenSlot,
    ) -> Option<Self> {
        let Authority { office, offer } = authority;
        if chosen.start <= visitor.now() || chosen.check(offer).is_err() {
            return None;
        }
        let visit = chosen.criteria.visit(offer);
        let day = office.api.slots(&visit, local(chosen.start).date()).await.ok()?.slots;
        let is_it = |slot: &&client::FreeSlot| {
            slot.start == chosen.start && slot.location == chosen.location
        };
        let slot = day.iter().find(is_it)?;
        let moment = visitor.texts.moment(slot.start);
        Some(Self { moment, link: visitor.links.choice(&office.id, &chosen.criteria, slot) })
    }
}

/// A slot that was held, as its form says it too: a session that ended knows it no more.
#[derive(Debug)]
pub(super) struct HeldBefore {
    pub(super) authority: AuthorityId,
    pub(super) chosen: ChosenSlot,
}

impl HeldBefore {
    pub(super) fn of(held: &HeldSlot) -> Self {
        Self {
            authority: held.authority.clone(),
            chosen: ChosenSlot {
                criteria: SearchCriteria::behind(held),
                location: held.hold.location.clone(),
                start: held.hold.start,
            },
        }
    }

    /// Whether `booking` is what became of it. One that is moved may be at the same time, for fewer or more people.
    pub(super) fn became(&self, booking: &Booking) -> bool {
        let Booking { location, start, services, people, .. } = booking;
        booking.is_open()
            && self.chosen.is_visit(location, *start, services, *people)
            && self.chosen.criteria.replaces != Some(booking.id)
    }
}

impl What for HeldBefore {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self { authority: asked.required("authority")?, chosen: ChosenSlot::read(asked)? })
    }
}
