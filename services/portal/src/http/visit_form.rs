//! How many people come and what is to be done in one visit; and at once why it cannot be, if a rule
//! forbids it.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{Location, Service};
use ids::{AuthorityId, ServiceId};

use super::{
    another_time::AnotherTime,
    asked::{Asked, What},
    frame::Frame,
    page_error::PageError,
    request::{Anybody, Authority, Request},
    search::SearchCriteria,
    visit::{LocationSummary, Name, service_names},
    visit_limits::{Broken, Limits, addable, broken, fewer_at},
    visitor::{Visitor, go_to},
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
    services: Vec<Name>,
    addable: Vec<Extra>,
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

/// A service that can be added to the visit.
struct Extra {
    id: ServiceId,
    name: Name,
}

/// The visit, and what a button of the form changes in it. Links would lose what was chosen in the form's other
/// fields.
pub(crate) struct Chosen {
    criteria: SearchCriteria,
    change: Option<Change>,
}

enum Change {
    Add(ServiceId),
    /// The service at this place among those of the visit, from 0 on.
    Remove(usize),
}

impl What for Chosen {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let added = asked.all("add")?.pop().map(Change::Add);
        let removed = asked.all("remove")?.pop().map(Change::Remove);
        Ok(Self { criteria: SearchCriteria::read(asked)?, change: added.or(removed) })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        match &self.change {
            Some(Change::Add(id)) if offer.service(id).is_none() => Err(PageError::NotFound),
            _ => self.criteria.check(offer),
        }
    }
}

impl Change {
    /// The visit with it. One that nothing would be left of stays as it is.
    fn apply(self, mut criteria: SearchCriteria) -> SearchCriteria {
        match self {
            Self::Add(id) => criteria.services.push(id),
            Self::Remove(place)
                if criteria.services.len() > 1 && place < criteria.services.len() =>
            {
                criteria.services.remove(place);
            }
            Self::Remove(_) => {}
        }
        criteria
    }
}

/// Where the page of a visit leads instead: to the visit as a button changed it, or where no time is chosen to what
/// people do there, since how many come changes nothing.
fn elsewhere(visitor: &Visitor, authority: &Authority, chosen: &mut Chosen) -> Option<String> {
    let Authority { office, offer } = authority;
    let criteria = &chosen.criteria;
    if let Some(change) = chosen.change.take() {
        return Some(visitor.links.visit(&office.id, &change.apply(criteria.clone())));
    }
    let is_chosen = |id: &ServiceId| {
        AnotherTime::of(offer, std::slice::from_ref(id)).is_chosen()
            && !offer.is_for_staff_alone(id)
    };
    let without_times = criteria.services.iter().find(|id| !is_chosen(id))?;
    Some(visitor.links.days(&office.id, &SearchCriteria::service(without_times.clone())))
}

pub(crate) async fn show(request: Request<Anybody, Authority, Chosen>) -> HttpResponse {
    let Request { visitor, authority, asked: mut chosen, .. } = request;
    if let Some(link) = elsewhere(&visitor, &authority, &mut chosen) {
        return go_to(link);
    }
    let (Authority { office, offer }, criteria) = (authority, chosen.criteria);
    let texts = visitor.texts;
    let extra =
        |service: &Service| Extra { id: service.id.clone(), name: Name::of(&service.name, texts) };
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
        services: service_names(texts, &offer, &criteria.services),
        addable: addable(&offer, &criteria).map(extra).collect(),
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
