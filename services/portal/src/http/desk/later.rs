//! What staff can do for a person without online ID: book, the open draws and the waiting lists.

use std::borrow::Cow;

use client::{Draw, Service};

use super::books;
use crate::{
    directory::{Offer, Office},
    http::{draws::facts::DrawFacts, visit::Name, visitor::Visitor},
    text::Texts,
};

/// A way to a seat that is chosen or given later, or out of the line for it.
pub(super) struct Later {
    pub(super) label: Cow<'static, str>,
    pub(super) link: String,
}

/// All of them. Draws are left out when they cannot be learnt: the rest of the desk must go on.
pub(super) async fn later(visitor: &Visitor, office: &Office, offer: &Offer) -> Vec<Later> {
    let (texts, links) = (visitor.texts, visitor.links);
    let open = open_draws(visitor, office).await;
    let open = open.iter().filter(|draw| !offer.is_for_staff_alone(&draw.service));
    let book = books(offer)
        .then(|| Later { label: texts.text("desk-book"), link: links.book_at_desk(&office.id) });
    let drawn = open.filter_map(|draw| of_draw(visitor, office, offer, draw)).flatten();
    let mut ways: Vec<_> = book.into_iter().chain(drawn).collect();
    let mut listed = offer
        .services
        .iter()
        .filter(|service| service.waiting_list && !offer.is_for_staff_alone(&service.id))
        .peekable();
    let has_lists = listed.peek().is_some();
    ways.extend(listed.map(|service| {
        let name = Name::of(&service.name, texts).text;
        let label = texts.fill("desk-join-list", "service", name);
        Later { label, link: links.join_at_desk(&office.id, &service.id) }
    }));
    if has_lists {
        let link = links.leave_list_at_desk(&office.id);
        ways.push(Later { label: texts.text("desk-leave-list"), link });
    }
    ways
}

async fn open_draws(visitor: &Visitor, office: &Office) -> Vec<Draw> {
    let mut draws = office.api.draws().await.unwrap_or_else(|error| {
        tracing::warn!(%error, "cannot read the draws; the desk does not show them");
        Vec::new()
    });
    draws.retain(|draw| draw.is_open(visitor.now()));
    draws
}

/// The ways into the open draws of a service.
pub(super) async fn into_draws(
    visitor: &Visitor,
    office: &Office,
    offer: &Offer,
    service: &Service,
) -> Vec<Later> {
    if !service.allocation.is_drawn() {
        return Vec::new();
    }
    let open = open_draws(visitor, office).await;
    let own = open.iter().filter(|draw| draw.service == service.id);
    let ways = own.filter_map(|draw| of_draw(visitor, office, offer, draw));
    ways.map(|[enter, _]| enter).collect()
}

/// The ways into an open draw and out of it.
fn of_draw(visitor: &Visitor, office: &Office, offer: &Offer, draw: &Draw) -> Option<[Later; 2]> {
    let (texts, links) = (visitor.texts, visitor.links);
    let service = Name::of(&offer.service(&draw.service)?.name, texts).text;
    let week = DrawFacts::new(visitor, &office.id, offer, draw).week;
    let values = [("service", service.as_str()), ("week", week.as_ref())];
    let way = |key: &str, link| Later { label: texts.fill_all(key, &values), link };
    Some([
        way("desk-enter-draw", links.enter_at_desk(&office.id, &draw.id)),
        way("desk-leave-draw", links.leave_draw_at_desk(&office.id, &draw.id)),
    ])
}

/// The services that only staff book, wherever they are offered: there is no draw and no list of theirs.
pub(super) fn for_staff_alone(texts: Texts, offer: &Offer) -> Vec<Name> {
    let services = offer.services.iter();
    let alone = services.filter(|service| offer.is_for_staff_alone(&service.id));
    alone.map(|service| Name::of(&service.name, texts)).collect()
}
