//! What a service is for, what to bring, what it costs, how long the wait is.
//!
//! Everything here is a fact with its source and date, or the page says that it is not stated.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{Allocation, Location, Service, Source, SourcedText, TrustLevel};
use ids::{AuthorityId, ServiceId};
use url::Url;

use super::{
    application::Application,
    asked::{Asked, What},
    draws::notice::is_drawn,
    frame::Frame,
    link::Links,
    next_appointment::NextAppointment as Next,
    page_error::PageError,
    request::{Anybody, Authority, Request},
    search::SearchCriteria,
    visit::{LocationSummary, Name, level_key},
    visit_limits,
};
use crate::{directory::Offer, text::Texts};

/// The service of the address.
pub(crate) struct ChosenService(ServiceId);

impl What for ChosenService {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self(asked.path("service")?))
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        offer.service(&self.0).map(drop).ok_or(PageError::NotFound)
    }
}

#[derive(Template)]
#[template(path = "service.html")]
struct ServicePage {
    frame: Frame,
    authority_name: Name,
    name: Name,
    description: Option<Name>,
    next: Next,
    /// The way to an appointment.
    way: Way,
    /// What a draw leaves over can be booked at once.
    is_drawn_first: bool,
    prerequisites: Vec<Name>,
    documents: Vec<Name>,
    forms: Vec<FormPart>,
    documents_from: Option<SourcePart>,
    fee: Option<Fact>,
    /// How long the appointment itself is.
    length: Option<Cow<'static, str>>,
    /// How long what is applied for takes.
    duration: Option<Fact>,
    online: Option<OnlinePart>,
    link: Option<SourcePart>,
    level: TrustLevel,
    /// The application that the service asks for.
    application: Option<Application>,
    places: Vec<LocationSummary>,
}

/// Where it goes on, and the text that says so.
struct Way {
    key: &'static str,
    link: String,
}

struct Fact {
    text: Name,
    source: Option<SourcePart>,
}

struct FormPart {
    name: Name,
    url: String,
}

struct OnlinePart {
    url: String,
    source: Option<SourcePart>,
}

struct SourcePart {
    url: String,
    /// Whose page it is.
    site: String,
    as_of: Cow<'static, str>,
}

pub(crate) async fn show(
    request: Request<Anybody, Authority, ChosenService>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority, asked: ChosenService(id), .. } = request;
    let criteria = SearchCriteria::service(id.clone());
    let (next, minutes) = Next::of(&visitor, &authority, &criteria).await;
    let Authority { office, offer } = authority;
    let service = offer.service(&id).ok_or(PageError::NotFound)?;
    let texts = visitor.texts;
    let name = Name::of(&service.name, texts);
    let place = |place: &Location| {
        let fewer = visit_limits::fewer_at(&offer, place, &criteria.services);
        LocationSummary::of(place, texts).for_at_most(fewer, texts)
    };
    let places = criteria.places(&offer).into_iter().map(|(known, _)| place(known)).collect();
    let application = Application::of(&visitor, &office.id, &offer, &criteria);
    let is_known = matches!(application, Some(Application::Known(_)));
    let way = match next {
        // The number is known: the date that the authority gives is there.
        Next::Assigned if is_known => {
            Way { key: "nav-appointments", link: visitor.links.appointments() }
        }
        _ => way(visitor.links, (&office.id, service), &criteria, &next),
    };
    let is_drawn_first = service.allocation == Allocation::DrawThenImmediate
        && is_drawn(service)
        && !matches!(next, Next::ForStaffAlone);
    let page = ServicePage {
        frame: visitor.frame(name.text.clone()),
        name,
        authority_name: Name::of(&offer.name, texts),
        description: described(service, texts),
        length: minutes.map(|minutes| texts.fill("service-length", "minutes", minutes)),
        next,
        way,
        is_drawn_first,
        prerequisites: service.prerequisites.iter().map(|text| Name::of(text, texts)).collect(),
        forms: forms(service, texts),
        documents: service.documents.iter().map(|text| Name::of(text, texts)).collect(),
        documents_from: service.documents_from.as_ref().and_then(|from| source(from, texts)),
        fee: service.fee.as_ref().map(|fee| fact(fee, texts)),
        duration: service.duration.as_ref().map(|duration| fact(duration, texts)),
        online: service
            .online
            .as_ref()
            .filter(|way| is_web(&way.url))
            .map(|way| OnlinePart { url: way.url.clone(), source: source(&way.source, texts) }),
        link: service.link.as_ref().and_then(|link| source(link, texts)),
        level: service.trust_level,
        application,
        places,
    };
    Ok(visitor.page(&page))
}

/// To the free times, or to what people do where none are chosen.
fn way(
    links: Links,
    (authority, service): (&AuthorityId, &Service),
    criteria: &SearchCriteria,
    next: &Next,
) -> Way {
    let (key, link) = match next {
        // The page of the days leads into the line.
        Next::None if service.waiting_list => {
            ("waiting-notice-title", links.days(authority, criteria))
        }
        Next::On(_) | Next::None | Next::Unknown => {
            ("service-times", links.days(authority, criteria))
        }
        Next::Drawn => ("service-draws", links.days(authority, criteria)),
        Next::Assigned => ("entitlement-title", links.entitlement(authority, criteria)),
        Next::ForStaffAlone => ("staff-alone-ways", links.without_online_id()),
    };
    Way { key, link }
}

fn described(service: &Service, texts: Texts) -> Option<Name> {
    (!service.description.is_empty()).then(|| Name::of(&service.description, texts))
}

/// Those that are web pages.
fn forms(service: &Service, texts: Texts) -> Vec<FormPart> {
    let pages = service.forms.iter().filter(|form| is_web(&form.url));
    pages
        .map(|form| FormPart { name: Name::of(&form.name, texts), url: form.url.clone() })
        .collect()
}

fn fact(stated: &SourcedText, texts: Texts) -> Fact {
    Fact { text: Name::of(&stated.text, texts), source: source(&stated.source, texts) }
}

/// `None` for what is no web page: nothing else becomes a link.
fn source(source: &Source, texts: Texts) -> Option<SourcePart> {
    let url = Url::parse(&source.url).ok().filter(|_| is_web(&source.url))?;
    let site = url.host_str()?;
    Some(SourcePart {
        site: site.strip_prefix("www.").unwrap_or(site).to_owned(),
        as_of: texts.as_of(&source.as_of),
        url: source.url.clone(),
    })
}

fn is_web(url: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme))
}

impl ServicePage {
    fn next_words(&self) -> Cow<'static, str> {
        self.next.words(self.frame.texts)
    }

    fn is_assigned(&self) -> bool {
        matches!(self.next, Next::Assigned)
    }

    /// Whether people take an appointment here themselves, for which they log in.
    fn is_booked_online(&self) -> bool {
        !matches!(self.next, Next::ForStaffAlone)
    }

    /// Where a fact is from, for example `Quelle: service.berlin.de, Stand: Januar 2027`.
    fn source_line(&self, source: &SourcePart) -> Cow<'static, str> {
        let values = [("site", source.site.as_str()), ("date", source.as_of.as_ref())];
        self.frame.texts.fill_all("service-source", &values)
    }

    fn level_key(&self) -> &'static str {
        level_key(self.level)
    }
}
