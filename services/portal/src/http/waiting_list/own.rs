//! A person's places in waiting lists, for the list of their appointments.

use std::borrow::Cow;

use client::{AccessToken, WaitingEntry, WaitingStatus};
use ids::WaitingId;

use super::{status_colour, status_key};
use crate::http::{
    request::Authority,
    visit::{self, Name},
    visitor::Visitor,
};

/// A place in a waiting list.
pub(crate) struct OwnPlace {
    pub(crate) id: WaitingId,
    pub(crate) service: Vec<Name>,
    pub(crate) authority_name: Name,
    pub(crate) status_key: &'static str,
    pub(crate) status_colour: &'static str,
    pub(crate) link: String,
    pub(crate) offer: Option<Offered>,
}

/// A seat that is offered.
pub(crate) struct Offered {
    pub(crate) moment: Cow<'static, str>,
    pub(crate) until: Cow<'static, str>,
    pub(crate) accept: String,
}

/// The person's places at one authority that still matter. Left out when they cannot be learnt: the
/// appointments matter more.
pub(crate) async fn places(
    visitor: &Visitor,
    authority: &Authority,
    token: &AccessToken,
) -> Vec<OwnPlace> {
    match authority.office.api.own_places(token).await {
        Ok(places) => {
            let listed = places.iter().filter(|place| is_listed(place));
            listed.map(|place| OwnPlace::new(visitor, authority, place)).collect()
        }
        Err(error) => {
            tracing::info!(authority = %authority.office.id, %error, "cannot list places in waiting lists at an authority; the page shows none");
            Vec::new()
        }
    }
}

fn is_listed(place: &WaitingEntry) -> bool {
    place.is_in_line() || place.status == Some(WaitingStatus::Ended)
}

impl OwnPlace {
    fn new(
        visitor: &Visitor,
        Authority { office, offer }: &Authority,
        place: &WaitingEntry,
    ) -> Self {
        let (texts, links) = (visitor.texts, visitor.links);
        let offered = place.offer.as_ref().map(|offered| Offered {
            moment: texts.moment(offered.start),
            until: texts.moment(offered.valid_until),
            accept: links.waiting_offer(&office.id, &offered.id),
        });
        Self {
            id: place.id,
            service: visit::service_names(texts, offer, std::slice::from_ref(&place.service)),
            authority_name: Name::of(&offer.name, texts),
            status_key: status_key(place.status),
            status_colour: status_colour(place.status),
            link: links.waiting_place(&office.id, &place.id),
            offer: offered,
        }
    }
}
