//! Search results: services of all authorities, best first, with what is free next.

use std::{borrow::Cow, sync::Arc, time::Duration};

use client::{Allocation, Service};

use super::{
    draws::notice::allocation_key,
    search::SearchCriteria,
    visit::{Name, ways_key},
    visitor::Visitor,
};
use crate::{
    directory::{Known, Offer, Office},
    text::local,
};

/// How many letters of a query are read. The field allows no more.
pub(crate) const LONGEST_QUERY: usize = 80;

/// How many results say what is free next, and how long the page waits for that.
const WITH_NEXT: usize = 5;
const NEXT_WAIT: Duration = Duration::from_millis(400);

/// A result.
pub(crate) struct FoundService {
    pub(crate) name: Name,
    pub(crate) authority: Name,
    pub(crate) link: String,
    /// The next free day, or how appointments are given out.
    pub(crate) next: Option<Cow<'static, str>>,
    /// The text that names the log-in which is enough, where people book themselves.
    pub(crate) ways_key: Option<&'static str>,
}

/// The services that fit `query`, and whether the first one is probably meant. Nothing without a query.
pub(crate) async fn search(
    visitor: &Visitor,
    known: &[(&Office, Known)],
    query: &str,
) -> (Vec<FoundService>, bool) {
    if query.is_empty() {
        return (Vec::new(), false);
    }
    let offers: Vec<(&Office, &Arc<Offer>)> =
        known.iter().filter_map(|(office, known)| Some((*office, known.offer.as_ref()?))).collect();
    let indexes: Vec<_> = offers.iter().map(|(_, offer)| &offer.index).collect();
    let found = search::find(&indexes, query, visitor.language());
    let results = found.hits.iter().enumerate().filter_map(|(rank, hit)| {
        let (office, offer) = offers.get(hit.index)?;
        let service = offer.services.get(hit.document)?;
        Some(result(visitor, office, offer, service, rank < WITH_NEXT))
    });
    (futures_util::future::join_all(results).await, found.is_sure)
}

async fn result(
    visitor: &Visitor,
    office: &Office,
    offer: &Offer,
    service: &Service,
    with_next: bool,
) -> FoundService {
    let is_for_staff_alone = offer.is_for_staff_alone(&service.id);
    let next = match service.allocation {
        _ if is_for_staff_alone => Some(visitor.texts.text("start-staff-alone")),
        Allocation::Draw | Allocation::Assign => None,
        _ if with_next => next(visitor, office, offer, service).await,
        _ => None,
    };
    let given_out = || allocation_key(service).map(|key| visitor.texts.text(key));
    let next = next.or_else(given_out);
    FoundService {
        name: Name::of(&service.name, visitor.texts),
        authority: Name::of(&offer.name, visitor.texts),
        link: visitor.links.service(&office.id, &service.id),
        next,
        ways_key: (!is_for_staff_alone).then(|| ways_key(service.trust_level)),
    }
}

/// When the first appointment is free, to compare results. Left out when it cannot be found quickly:
/// the list matters more.
async fn next(
    visitor: &Visitor,
    office: &Office,
    offer: &Offer,
    service: &Service,
) -> Option<Cow<'static, str>> {
    let visit = SearchCriteria::service(service.id.clone()).visit(offer);
    let slot = office.next_free.of(&office.api, &service.id, &visit, visitor.now());
    let slot = tokio::time::timeout(NEXT_WAIT, slot).await.ok()?.ok()??;
    let date = visitor.texts.date(local(slot.start).date());
    Some(visitor.texts.fill("start-next", "date", date.into_owned()))
}
