//! How many people come and what is to be done in one visit; and at once why it cannot be, if a rule
//! forbids it.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{Location, Service};
use ids::AuthorityId;

use super::{
    frame::Frame,
    request::{Anybody, Authority, Request},
    search::SearchCriteria,
    visit::{LocationSummary, Name, service_names},
    visit_limits::{Broken, Limits, addable, broken, fewer_at},
    visitor::Visitor,
};
use crate::directory::Offer;

#[derive(Template)]
#[template(path = "visit.html")]
struct VisitPage {
    frame: Frame,
    authority: AuthorityId,
    criteria: SearchCriteria,
    /// What the rules forbid.
    mistake: Option<Cow<'static, str>>,
    /// The field that is to be changed then.
    field: String,
    /// No further service goes into the visit, and why.
    full: Option<Cow<'static, str>>,
    services: Vec<ServicePart>,
    addable: Vec<ServicePart>,
    /// How many people can come; empty if only one.
    numbers: Vec<NumberOfPeople>,
    /// The places to which fewer people can come together.
    fewer_at: Vec<LocationSummary>,
    /// The free days at all places, if the chosen ones are too small.
    anywhere: Option<String>,
}

struct NumberOfPeople {
    number: u16,
    is_chosen: bool,
}

/// A service, and this page without it or with it.
struct ServicePart {
    name: Name,
    link: Option<String>,
}

pub(crate) async fn show(request: Request<Anybody, Authority, SearchCriteria>) -> HttpResponse {
    let Request { visitor, authority: Authority { office, offer }, asked: criteria, .. } = request;
    let texts = visitor.texts;
    let link = |criteria: &SearchCriteria| visitor.links.visit(&office.id, criteria);
    let without = |place: usize| {
        let mut fewer = criteria.clone();
        fewer.services.remove(place);
        (!fewer.services.is_empty()).then(|| link(&fewer))
    };
    let with = |service: &Service| {
        let mut more = criteria.clone();
        more.services.push(service.id.clone());
        ServicePart { name: Name::of(&service.name, texts), link: Some(link(&more)) }
    };
    let names = service_names(texts, &offer, &criteria.services);
    let chosen = |(place, name): (usize, Name)| ServicePart { name, link: without(place) };
    let people = criteria.people.unwrap_or(1);
    let number = |number: u16| NumberOfPeople { number, is_chosen: number == people };
    let limits = Limits::of(&offer, &criteria.services);
    let broken = broken(&offer, &criteria);
    let is_too_small = matches!(broken, Some(Broken::TooManyPeopleThere(_)));
    let mistake = broken.map(|broken| sentence(&visitor, broken));
    let field = broken.map(|broken| field(broken, criteria.services.len())).unwrap_or_default();
    let full = full(&visitor, &offer, &criteria).filter(|_| mistake.is_none());
    let small = |(place, _): (&Location, Option<f64>)| {
        let most = fewer_at(&offer, place, &criteria.services)?;
        Some(LocationSummary::of(place, texts).for_at_most(Some(most), texts))
    };
    let frame = visitor.frame(texts.text("visit-title"));
    let page = VisitPage {
        frame: if mistake.is_some() { frame.of_error() } else { frame },
        authority: office.id.clone(),
        mistake,
        field,
        full,
        services: names.into_iter().enumerate().map(chosen).collect(),
        addable: addable(&offer, &criteria).map(with).collect(),
        numbers: if limits.people > 1 {
            (1..=limits.people).map(number).collect()
        } else {
            Vec::new()
        },
        fewer_at: criteria.places(&offer).into_iter().filter_map(small).collect(),
        anywhere: is_too_small.then(|| visitor.links.days(&office.id, &criteria.anywhere())),
        criteria: criteria.clone(),
    };
    visitor.page(&page)
}

/// The id of what is to be changed: how many come, or the last of the services.
fn field(broken: Broken, services: usize) -> String {
    match broken {
        Broken::TooManyPeople(_) | Broken::TooManyPeopleThere(_) => "people".to_owned(),
        Broken::TooManyServices(_) | Broken::Repeated | Broken::NotTogether => {
            format!("remove-{services}")
        }
    }
}

/// Why a visit of several services takes no further one, if that is for their number.
pub(super) fn full(
    visitor: &Visitor,
    offer: &Offer,
    criteria: &SearchCriteria,
) -> Option<Cow<'static, str>> {
    let count = criteria.services.len();
    let most = Limits::of(offer, &criteria.services).services?;
    let is_full = count > 1 && count >= usize::from(most) && criteria.replaces.is_none();
    is_full.then(|| visitor.texts.fill("visit-full", "max", most))
}

fn sentence(visitor: &Visitor, broken: Broken) -> Cow<'static, str> {
    match broken {
        Broken::TooManyServices(most) => visitor.texts.fill("visit-too-many-services", "max", most),
        Broken::TooManyPeople(most) => visitor.texts.fill("visit-too-many-people", "max", most),
        Broken::TooManyPeopleThere(most) => visitor.texts.fill("visit-too-many-there", "max", most),
        Broken::Repeated => visitor.texts.text("visit-repeated"),
        Broken::NotTogether => visitor.texts.text("problem-services-not-combinable.what"),
    }
}
