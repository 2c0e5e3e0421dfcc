//! The draws that a person has entered, for the list of their appointments.

use std::slice;

use client::{AccessToken, Booking, Draw, EntryStatus, Service};
use ids::{BookingId, ServiceId};
use jiff::{SignedDuration, Timestamp};

use super::{facts::DrawFacts, not_booked::NotBooked};
use crate::{
    directory::Offer,
    http::{
        assigned_dates::own::OwnDate,
        request::Authority,
        visit::{self, Name},
        visitor::Visitor,
    },
};

/// For how long after its closing a draw is listed: winners can have two weeks to confirm.
const LISTED: SignedDuration = SignedDuration::from_hours(24 * 15);

/// A draw that a person has entered.
pub(crate) struct EnteredDraw {
    pub(crate) facts: DrawFacts,
    pub(crate) link: String,
    /// The seat that waits for the answer of a winner who must confirm.
    pub(crate) kept: Option<OwnDate>,
    /// The person is in it, and there is no result yet.
    pub(crate) is_pending: bool,
    /// The appointment that a win replaces, in a draw of earlier ones.
    pub(crate) replaces: Option<BookingId>,
    /// The text that says why it ended, or wins nothing: it was not in the draw, or nothing could be booked.
    pub(crate) ended_key: Option<&'static str>,
    service: ServiceId,
}

/// Which draws are looked through: each costs a call.
#[derive(Clone, Copy)]
pub(crate) enum Among<'a> {
    All,
    /// Those of the groups of these services.
    Like(&'a [ServiceId]),
}

impl Among<'_> {
    fn has(self, offer: &Offer, service: &ServiceId) -> bool {
        match self {
            Self::All => true,
            Self::Like(services) => offer.share_a_group(slice::from_ref(service), services),
        }
    }
}

/// The way to the entry of a draw without a result in which the person gets no appointment once they have booked
/// `services`.
pub(crate) async fn barred_entry(
    visitor: &Visitor,
    authority: &Authority,
    token: &AccessToken,
    services: &[ServiceId],
) -> Option<String> {
    let offer = &authority.offer;
    let is_same = |service: &ServiceId| offer.share_a_group(slice::from_ref(service), services);
    let mut drawn = offer.services.iter().filter(|service| service.allocation.is_drawn());
    if !drawn.any(|service| is_same(&service.id)) {
        return None;
    }
    let mut entered = entered(visitor, authority, token, Among::Like(services)).await.into_iter();
    entered.find(EnteredDraw::is_barred_by_booking).map(|entry| entry.link)
}

impl EnteredDraw {
    /// Whether the person gets no appointment in it as long as they have another one of the kind.
    fn is_barred_by_booking(&self) -> bool {
        self.is_pending && !self.facts.for_earlier
    }

    /// Says so, if they have another one by now among `own`.
    pub(crate) fn beside(mut self, visitor: &Visitor, offer: &Offer, own: &[Booking]) -> Self {
        let is_other = |booking: &Booking| {
            booking.is_open()
                && booking.end > visitor.now()
                && offer.share_a_group(&booking.services, slice::from_ref(&self.service))
        };
        if self.is_barred_by_booking() && own.iter().any(is_other) {
            self.ended_key = Some("draw-mine-barred");
        }
        self
    }
}

/// The draws at one authority that the person has entered, `among` some. Left out when they cannot be learnt: the
/// appointments matter more.
pub(crate) async fn entered(
    visitor: &Visitor,
    authority: &Authority,
    token: &AccessToken,
    among: Among<'_>,
) -> Vec<EnteredDraw> {
    let Authority { office, offer } = authority;
    let has_draws =
        |it: &Service| (it.allocation.is_drawn() || it.earlier_by_draw) && among.has(offer, &it.id);
    if !offer.services.iter().any(has_draws) {
        return Vec::new();
    }
    let draws = match office.api.draws().await {
        Ok(draws) => draws,
        Err(error) => {
            tracing::info!(authority = %office.id, %error, "cannot list draws at an authority; the page shows none");
            return Vec::new();
        }
    };
    let now = visitor.now();
    let is_asked = |draw: &Draw| is_listed(draw, now) && among.has(offer, &draw.service);
    let listed: Vec<_> = draws.into_iter().filter(is_asked).collect();
    let entries = listed.iter().map(|draw| office.api.own_entry(token, draw.id));
    let entries = futures_util::future::join_all(entries).await;
    let own = listed.iter().zip(entries).filter_map(|(draw, entry)| Some((draw, entry.ok()?)));
    own.map(|(draw, entry)| EnteredDraw {
        facts: DrawFacts::new(visitor, &office.id, offer, draw),
        link: visitor.links.entry(&office.id, &draw.id),
        is_pending: entry.status == Some(EntryStatus::Entered),
        replaces: entry.replaces,
        ended_key: NotBooked::of(&entry, draw.needs_appointment).map(NotBooked::key),
        service: draw.service.clone(),
        kept: entry.offer.map(|seat| OwnDate {
            id: None,
            service: visit::service_names(visitor.texts, offer, slice::from_ref(&draw.service)),
            authority_name: Name::of(&offer.name, visitor.texts),
            moment: visitor.texts.moment(seat.start),
            until: visitor.texts.moment(seat.answer_by),
            answer: visitor.links.drawn_seat(&office.id, &draw.id),
        }),
    })
    .collect()
}

fn is_listed(draw: &Draw, now: Timestamp) -> bool {
    draw.opens <= now && now.duration_since(draw.closes) <= LISTED
}
