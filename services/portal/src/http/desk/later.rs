//! What staff can do for a person without online ID: book, the open draws and the waiting lists.

use std::borrow::Cow;

use client::Draw;

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
    let draws = office.api.draws().await.unwrap_or_else(|error| {
        tracing::warn!(%error, "cannot read the draws; the desk does not show them");
        Vec::new()
    });
    let open = draws
        .iter()
        .filter(|draw| draw.is_open(visitor.now()) && !offer.is_for_staff_alone(&draw.service));
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
