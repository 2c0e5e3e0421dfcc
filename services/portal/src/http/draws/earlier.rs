//! The draws in which a person with an appointment can win an earlier one, for the page of the appointment.

use std::{borrow::Cow, slice};

use client::{AccessToken, Announced, Booking, Draw, DrawEntry};
use ids::{BookingId, ServiceId};
use jiff::civil::Date;

use super::{
    facts::DrawFacts,
    own::{Among, entered},
    stage::Stage,
};
use crate::{
    http::{barring::OpenBooking, request::Authority, visitor::Visitor},
    text::Texts,
};

/// Such a draw.
pub(crate) struct EarlierDraw {
    pub(crate) facts: DrawFacts,
    /// To one's own entry or into the draw; to what it is, as long as it is not open.
    pub(crate) link: String,
}

/// The days of a draw that the person can wish for: in a draw of earlier appointments those before the day of
/// theirs. All if none is left or the appointment cannot be learnt: the authority bounds the wishes itself, and
/// says why nobody enters without a later one.
pub(super) fn days_to_wish(draw: &Draw, announced: &Announced, present: &OpenBooking) -> Vec<Date> {
    let days = announced.days();
    let OpenBooking::Is(booking) = present else { return days };
    if !draw.needs_appointment {
        return days;
    }
    let own = ambient::berlin().to_datetime(booking.start).date();
    let earlier: Vec<_> = days.iter().copied().filter(|day| *day < own).collect();
    if earlier.is_empty() { days } else { earlier }
}

/// What a page says about the appointment that an entry replaces.
pub(super) enum Replaced {
    /// This one.
    Present(Cow<'static, str>),
    /// The one that the entry names was cancelled or moved, and there is another one.
    Gone,
    /// There is none: the entry wins nothing.
    Missing,
}

/// The appointment that `entry`, or a new one without it, replaces. `None`: the draw replaces none, or it cannot
/// be learnt.
pub(super) fn replaced(
    texts: Texts,
    draw: &Draw,
    entry: Option<&DrawEntry>,
    present: &OpenBooking,
) -> Option<Replaced> {
    if !draw.needs_appointment {
        return None;
    }
    let named = entry.and_then(|entry| entry.replaces);
    match (named, present) {
        (_, OpenBooking::Unknown) => None,
        (_, OpenBooking::None) => Some(Replaced::Missing),
        (Some(named), OpenBooking::Is(present)) if named != present.id => Some(Replaced::Gone),
        (_, OpenBooking::Is(present)) => Some(Replaced::Present(texts.moment(present.start))),
    }
}

/// The way to the entry that wins nothing once `booking` for `services` is cancelled or moved: it names it as the
/// one that a win replaces. None if that cannot be learnt.
pub(crate) async fn entry_that_replaces(
    visitor: &Visitor,
    authority: &Authority,
    token: &AccessToken,
    booking: BookingId,
    services: &[ServiceId],
) -> Option<String> {
    let offer = &authority.offer;
    let mut drawn = offer.services.iter().filter(|service| service.earlier_by_draw);
    if !drawn.any(|service| offer.share_a_group(slice::from_ref(&service.id), services)) {
        return None;
    }
    let mut entered = entered(visitor, authority, token, Among::Like(services)).await.into_iter();
    let own = entered.find(|entry| entry.is_pending && entry.replaces == Some(booking));
    own.map(|entry| entry.link)
}

/// Those for the same service that are open or open soon and begin before the day of `booking`. A win replaces the
/// appointment, so one for another service, or for one service of several, is no earlier one. None when they cannot
/// be learnt: the appointment matters more.
pub(crate) async fn earlier_draws(
    visitor: &Visitor,
    authority: &Authority,
    booking: &Booking,
) -> Vec<EarlierDraw> {
    let Authority { office, offer } = authority;
    let is_same = |service: &ServiceId| booking.services == slice::from_ref(service);
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
