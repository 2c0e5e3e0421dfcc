//! The first page: what do you want to come for?

use actix_web::{HttpResponse, http::header};
use askama::Template;
use client::Service;
use ids::{AuthorityId, GroupId};
use search::Subject;

use super::{
    asked::{Asked, What},
    draws::notice::allocation_key,
    found::{self, FoundService},
    frame::Frame,
    link::Links,
    login::logout,
    page_error::PageError,
    request::{Anybody, Anywhere, Request},
    visit::Name,
    visitor::{Visitor, go_to},
};
use crate::{
    directory::{Known, Offer, Office},
    text::Texts,
};

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
    /// What is searched.
    subject: Subject,
    /// Results, best first; only with a search.
    found: Vec<FoundService>,
    /// Whether the first result is probably what was meant.
    is_sure: bool,
    /// Everything that is offered; with a search only if that is not sure.
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
    /// The text that says how its appointments are given out, if not in the order of asking.
    given_out: Option<&'static str>,
}

/// The words that services are searched by; empty shows all.
pub(crate) struct Words(String);

impl What for Words {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self(asked.trimmed("q").chars().take(found::LONGEST_QUERY).collect()))
    }
}

pub(crate) async fn show(request: Request<Anybody, Anywhere, Words>) -> HttpResponse {
    let Request { visitor, asked: Words(search), .. } = request;
    let offices = visitor.portal.directory.all();
    let known = offices.iter().map(|office| async move { (office, office.known().await) });
    let known = futures_util::future::join_all(known).await;
    let subject = search::subject(&search);
    let (found, is_sure) = match subject {
        Subject::OwnAppointment => (Vec::new(), false),
        Subject::Services => found::search(&visitor, &known, &search).await,
        Subject::Either => {
            found::search(&visitor, &known, &search::without_appointment(&search)).await
        }
    };
    let everything = known.iter().map(|(office, known)| authority_part(&visitor, office, known));
    let mut authorities: Vec<_> = everything.collect();
    if is_sure {
        // What cannot be reached may offer it, too.
        authorities.iter_mut().for_each(|authority| authority.groups.clear());
        authorities.retain(|authority| !authority.reachable);
    }
    let frame = visitor.frame(visitor.texts.text("start-title"));
    visitor.page(&StartPage { frame, search, subject, found, is_sure, authorities })
}

/// The authority of the address.
pub(crate) struct Whose(AuthorityId);

impl What for Whose {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self(asked.path("authority")?))
    }
}

/// The address of an authority alone leads to what it offers, on the start page.
pub(crate) async fn of_authority(
    request: Request<Anybody, Anywhere, Whose>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, asked: Whose(id), .. } = request;
    visitor.portal.directory.get(&id).ok_or(PageError::NotFound)?;
    Ok(go_to(format!("{}#authority-{id}", visitor.links.start())))
}

fn authority_part(visitor: &Visitor, office: &Office, known: &Known) -> AuthorityPart {
    let groups = known.offer.as_ref().map(|offer| groups(visitor, office, offer));
    AuthorityPart {
        id: office.id.to_string(),
        name: Name::of(&office.name(), visitor.texts),
        reachable: known.reachable == Some(true),
        groups: groups.unwrap_or_default(),
        statistics: visitor.links.statistics(&office.id),
    }
}

fn groups(visitor: &Visitor, office: &Office, offer: &Offer) -> Vec<GroupPart> {
    let texts = visitor.texts;
    let link = |service: &Service| ServiceLink {
        name: Name::of(&service.name, texts),
        link: visitor.links.service(&office.id, &service.id),
        given_out: allocation_key(service),
    };
    let mut groups: Vec<(Option<&GroupId>, GroupPart)> = Vec::new();
    for service in &offer.services {
        // Groups without a name only matter to the rules: their services stand together.
        let group = offer.groups.iter().find(|group| group.id == service.group);
        let key = group.map(|group| &group.id);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, part)) => part.services.push(link(service)),
            None => {
                let name = group.map(|group| Name::of(&group.name, texts));
                groups.push((key, GroupPart { name, services: vec![link(service)] }));
            }
        }
    }
    groups.into_iter().map(|(_, part)| part).collect()
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
    /// Whether the person perhaps looks for an appointment that they have.
    fn shows_own(&self) -> bool {
        self.subject != Subject::Services
    }

    /// Whether they look for nothing else.
    fn is_only_own(&self) -> bool {
        self.subject == Subject::OwnAppointment
    }

    fn texts(&self) -> Texts {
        self.frame.texts
    }
}
