//! The first page: what do you want to come for?

use std::{borrow::Cow, time::Duration};

use actix_web::{HttpResponse, http::header};
use askama::Template;
use client::Service;
use ids::GroupId;

use super::{
    asked::{Asked, What},
    frame::Frame,
    link::Links,
    login::logout,
    page_error::PageError,
    request::{Anybody, Anywhere, Request},
    search::SearchCriteria,
    visit::Name,
    visitor::{Visitor, go_to},
};
use crate::{
    directory::{Offer, Office},
    text::{Texts, local},
};

/// How long a search waits for each next free day.
const NEXT_WAIT: Duration = Duration::from_millis(400);

/// The `state` of a log-out that is over, if that is where the browser comes from.
pub(crate) struct State(Option<String>);

impl What for State {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self(asked.field("state").map(str::to_owned)))
    }
}

/// Leads to the start page in the browser's language, or after a log-out to the goodbye.
pub(crate) async fn root(request: Request<Anybody, Anywhere, State>) -> HttpResponse {
    let Request { visitor, asked: State(state), .. } = request;
    if let Some(language) = logout::is_back(state.as_deref()) {
        return go_to(Links(language).goodbye());
    }
    let mut response = go_to(visitor.links.start());
    let vary = header::HeaderValue::from_static("accept-language");
    response.headers_mut().insert(header::VARY, vary);
    response
}

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    frame: Frame,
    search: String,
    found: usize,
    authorities: Vec<AuthorityPart>,
}

struct AuthorityPart {
    id: String,
    name: Name,
    reachable: bool,
    groups: Vec<GroupPart>,
    /// Its numbers.
    statistics: String,
}

struct GroupPart {
    name: Option<Name>,
    services: Vec<ServiceLink>,
}

struct ServiceLink {
    name: Name,
    link: String,
    /// The next free day, in a short list of search results; or that appointments are drawn.
    next: Option<Cow<'static, str>>,
}

/// The words that services are searched by; empty shows all.
pub(crate) struct Words(String);

impl What for Words {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self(asked.trimmed("q").to_owned()))
    }
}

pub(crate) async fn show(request: Request<Anybody, Anywhere, Words>) -> HttpResponse {
    let Request { visitor, asked: Words(search), .. } = request;
    let offices = visitor.portal.directory.all();
    let parts = offices.iter().map(|office| authority_part(&visitor, office, &search));
    let authorities = futures_util::future::join_all(parts).await;
    let found = authorities.iter().flat_map(|part| &part.groups).map(|g| g.services.len()).sum();
    let frame = visitor.frame(visitor.texts.text("start-title"));
    visitor.page(&StartPage { frame, search, found, authorities })
}

async fn authority_part(visitor: &Visitor, office: &Office, search: &str) -> AuthorityPart {
    let known = office.known().await;
    let groups = match &known.offer {
        Some(offer) => groups(visitor, office, offer, search).await,
        None => Vec::new(),
    };
    AuthorityPart {
        id: office.id.to_string(),
        name: Name::of(&office.name(), visitor.texts),
        reachable: known.reachable == Some(true),
        groups,
        statistics: visitor.links.statistics(&office.id),
    }
}

async fn groups(visitor: &Visitor, office: &Office, offer: &Offer, search: &str) -> Vec<GroupPart> {
    let texts = visitor.texts;
    let found: Vec<_> = offer
        .services
        .iter()
        .map(|service| (service, Name::of(&service.name, texts)))
        .filter(|(service, name)| matches_search(&[&name.text, service.name.get("de")], search))
        .collect();
    let links =
        found.iter().map(|(service, name)| link(visitor, office, offer, service, name, search));
    let links = futures_util::future::join_all(links).await;
    let mut groups: Vec<(Option<&GroupId>, GroupPart)> = Vec::new();
    for ((service, _), link) in found.iter().zip(links) {
        // Groups without a name only matter to the rules: their services stand together.
        let group = offer.groups.iter().find(|group| group.id == service.group);
        let key = group.map(|group| &group.id);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, part)) => part.services.push(link),
            None => {
                let name = group.map(|group| Name::of(&group.name, texts));
                groups.push((key, GroupPart { name, services: vec![link] }));
            }
        }
    }
    groups.into_iter().map(|(_, part)| part).collect()
}

async fn link(
    visitor: &Visitor,
    office: &Office,
    offer: &Offer,
    service: &Service,
    name: &Name,
    search: &str,
) -> ServiceLink {
    let criteria = SearchCriteria::service(service.id.clone());
    let next = if service.allocation.is_drawn() {
        Some(visitor.texts.text("start-drawn"))
    } else {
        next(visitor, office, offer, search, &criteria).await
    };
    ServiceLink { name: name.clone(), link: visitor.links.days(&office.id, &criteria), next }
}

/// When the first appointment is free, to compare search results. Left out when it cannot be
/// found quickly: the list matters more.
async fn next(
    visitor: &Visitor,
    office: &Office,
    offer: &Offer,
    search: &str,
    criteria: &SearchCriteria,
) -> Option<Cow<'static, str>> {
    if search.is_empty() {
        return None;
    }
    let visit = criteria.visit(offer);
    let slot = tokio::time::timeout(NEXT_WAIT, office.api.earliest(&visit)).await;
    let slot = slot.ok()?.ok()?.slot?;
    let date = visitor.texts.date(local(slot.start).date());
    Some(visitor.texts.fill("start-next", "date", date.into_owned()))
}

/// Whether each word of `search` occurs in one of `names`, whatever its case.
fn matches_search(names: &[&str], search: &str) -> bool {
    let names: Vec<_> = names.iter().map(|name| name.to_lowercase()).collect();
    search
        .split_whitespace()
        .map(str::to_lowercase)
        .all(|word| names.iter().any(|name| name.contains(&word)))
}

#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage {
    frame: Frame,
}

/// How the rules keep appointments out of traders' hands.
pub(crate) async fn about(request: Request<Anybody, Anywhere, ()>) -> HttpResponse {
    let visitor = request.visitor;
    visitor.page(&AboutPage { frame: visitor.frame(visitor.texts.text("about-title")) })
}

impl StartPage {
    fn texts(&self) -> Texts {
        self.frame.texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_finds_words_in_any_order_and_case() {
        let names = ["Personalausweis beantragen"];
        for search in ["", "ausweis", "BEANTRAGEN personal", "  ausweis  "] {
            assert!(matches_search(&names, search), "{search}");
        }
        assert!(!matches_search(&names, "ausweis pass1"));
    }
}
