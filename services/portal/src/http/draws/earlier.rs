//! The draws in which a person with an appointment can win an earlier one, for the page of the appointment.

use std::slice;

use client::{Booking, Draw};
use ids::ServiceId;

use super::{facts::DrawFacts, stage::Stage};
use crate::http::{request::Authority, visitor::Visitor};

/// Such a draw.
pub(crate) struct EarlierDraw {
    pub(crate) facts: DrawFacts,
    /// To one's own entry or into the draw; to what it is, as long as it is not open.
    pub(crate) link: String,
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
