//! The draws in which a person with an appointment can win an earlier one, for the page of the appointment.

use std::{borrow::Cow, slice};

use client::{Announced, Booking, Draw, DrawEntry};
use ids::ServiceId;
use jiff::civil::Date;

use super::{facts::DrawFacts, stage::Stage};
use crate::http::{barring::open_booking, request::Authority, visitor::Visitor};

/// Such a draw.
pub(crate) struct EarlierDraw {
    pub(crate) facts: DrawFacts,
    /// To one's own entry or into the draw; to what it is, as long as it is not open.
    pub(crate) link: String,
}

/// The days of a draw that the person can wish for: in a draw of earlier appointments those before the day of
/// theirs. All if none is left or the appointment cannot be learnt: the authority bounds the wishes itself, and
/// says why nobody enters without a later one.
pub(super) async fn days_to_wish(
    visitor: &Visitor,
    authority: &Authority,
    draw: &Draw,
    announced: &Announced,
) -> Vec<Date> {
    let days = announced.days();
    if !draw.needs_appointment {
        return days;
    }
    let booking = open_booking(visitor, authority, slice::from_ref(&draw.service)).await;
    let Some(booking) = booking else { return days };
    let own = ambient::berlin().to_datetime(booking.start).date();
    let earlier: Vec<_> = days.iter().copied().filter(|day| *day < own).collect();
    if earlier.is_empty() { days } else { earlier }
}

/// What a page says about the appointment that an entry replaces.
pub(super) enum Replaced {
    /// This one.
    Present(Cow<'static, str>),
    /// The one that the entry names was cancelled or moved.
    Gone,
}

/// The appointment that `entry`, or a new one without it, replaces. `None`: the draw replaces none, or it cannot
/// be learnt.
pub(super) async fn replaced(
    visitor: &Visitor,
    authority: &Authority,
    draw: &Draw,
    entry: Option<&DrawEntry>,
) -> Option<Replaced> {
    if !draw.needs_appointment {
        return None;
    }
    let named = entry.and_then(|entry| entry.replaces);
    let present = open_booking(visitor, authority, slice::from_ref(&draw.service)).await;
    match (named, present) {
        (Some(named), Some(present)) if named != present.id => Some(Replaced::Gone),
        (_, Some(present)) => Some(Replaced::Present(visitor.texts.moment(present.start))),
        // Whether it is gone or cannot be read is not known.
        (_, None) => None,
    }
}

/// Those that are open or open soon and begin before the day of `booking`. None when they cannot be learnt:
/// the appointment matters more.
pub(crate) async fn earlier_draws(
    visitor: &Visitor,
    authority: &Authority,
    booking: &Booking,
) -> Vec<EarlierDraw> {
    let Authority { office, offer } = authority;
    let is_same =
        |service: &ServiceId| offer.share_a_group(slice::from_ref(service), &booking.services);
    let mut drawn = offer.services.iter().filter(|service| service.earlier_by_draw);
    if !booking.is_open() || !drawn.any(|service| is_same(&service.id)) {
        return Vec::new();
    }
    let mut draws = match office.api.draws().await {
        Ok(draws) => draws,
        Err(error) => {
            tracing::info!(authority = %office.id, %error, "cannot list draws at an authority; the page shows none");
            return Vec::new();
        }
    };
    let day = ambient::berlin().to_datetime(booking.start).date();
    draws.retain(|draw| draw.needs_appointment && draw.week < day && is_same(&draw.service));
    draws.sort_by_key(|draw| draw.closes);
    let way = |draw: &Draw| {
        let facts = DrawFacts::new(visitor, &office.id, offer, draw);
        let link = match facts.stage {
            Stage::Open => visitor.links.entry(&office.id, &draw.id),
            Stage::Soon => visitor.links.draw(&office.id, &draw.id),
            Stage::Closed | Stage::Settled | Stage::Void => return None,
        };
        Some(EarlierDraw { facts, link })
    };
    draws.iter().filter_map(way).collect()
}
