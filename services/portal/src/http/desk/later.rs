//! What staff can do for a person without online ID beside booking: the open draws and the waiting lists.

use std::borrow::Cow;

use crate::{
    directory::{Offer, Office},
    http::{draws::facts::DrawFacts, visit::Name, visitor::Visitor},
};

/// A way to a seat that is given later.
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
    let open = draws.iter().filter(|draw| draw.is_open(visitor.now()));
    let enter = open.filter_map(|draw| {
        let service = Name::of(&offer.service(&draw.service)?.name, texts).text;
        let week = DrawFacts::new(visitor, &office.id, offer, draw).week;
        let values = [("service", service.as_str()), ("week", week.as_ref())];
        let label = texts.fill_all("desk-enter-draw", &values);
        Some(Later { label, link: links.enter_at_desk(&office.id, &draw.id) })
    });
    let listed = offer.services.iter().filter(|service| service.waiting_list);
    let join = listed.map(|service| {
        let name = Name::of(&service.name, texts).text;
        let label = texts.fill("desk-join-list", "service", name);
        Later { label, link: links.join_at_desk(&office.id, &service.id) }
    });
    enter.chain(join).collect()
}
