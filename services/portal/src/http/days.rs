//! On which days something is free, and where.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{Allocation, FreeSlot, Service};
use futures_util::TryFutureExt as _;
use ids::{AuthorityId, ServiceId};
use jiff::ToSpan;

use super::{
    another_time::AnotherTime,
    application::Application,
    barring::gone,
    calendar::{Calendar, ListedDay, Month},
    draws::notice::Notice,
    frame::Frame,
    moving::other_slot,
    page_error::PageError,
    request::{Anybody, Authority, Request},
    search::SearchCriteria,
    search_frame::search_frame,
    visit::{self, LocationSummary, Name},
    visit_form, visit_limits,
    visitor::go_to,
    waiting_list::notice::WaitingNotice,
};
use crate::{
    directory::Offer,
    text::{Texts, local},
};

/// How far ahead the calendar looks.
pub(super) const HORIZON_DAYS: i32 = 184;

#[derive(Template)]
#[template(path = "days.html")]
struct DaysPage {
    frame: Frame,
    authority: AuthorityId,
    authority_name: Name,
    services: Vec<ChosenService>,
    descriptions: Vec<Name>,
    /// If the appointments are drawn.
    draws: Option<Notice>,
    /// The authority gives an appointment to each application, so there is no time to choose.
    is_assigned: bool,
    /// Only the office books it, and nothing is shown as free.
    is_for_staff_alone: bool,
    /// If people can wait for what becomes free.
    waiting: Option<WaitingNotice>,
    /// The application that the services ask for.
    application: Option<Application>,
    criteria: SearchCriteria,
    anywhere: String,
    /// A postcode was typed that is none of ours.
    is_unknown_postcode: bool,
    places: Vec<PlaceChoice>,
    combinable: Vec<Extra>,
    /// No further service goes into the visit, and why.
    full: Option<Cow<'static, str>>,
    earliest: Option<EarliestPart>,
    /// Something is free, be it only the very time of the appointment that is moved.
    is_any_free: bool,
    list: Vec<ListedDay>,
    /// The calendar has days that the list leaves out.
    has_more_days: bool,
    months: Vec<Month>,
}

struct ChosenService {
    id: ServiceId,
    name: Name,
}

struct PlaceChoice {
    place: LocationSummary,
    chosen: bool,
}

/// A service that can be done in the same visit.
struct Extra {
    name: Name,
    link: String,
}

struct EarliestPart {
    moment: Cow<'static, str>,
    place: LocationSummary,
    link: String,
}

type Search = Request<Anybody, Authority, SearchCriteria>;

pub(crate) async fn show(search: Search) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, offer }, asked: criteria, .. } = &search;
    if visit_limits::broken(offer, criteria).is_some() {
        return Ok(go_to(visitor.links.visit(&office.id, criteria)));
    }
    // Its page says what the person can do instead of choosing another time.
    if let Some(booking) = &criteria.replaces
        && !AnotherTime::of(offer, &criteria.services).is_chosen()
    {
        return Ok(go_to(visitor.links.appointment(&office.id, booking)));
    }
    if let Some(failure) = gone(visitor, &search.authority, criteria).await {
        return Err(failure);
    }
    let is_for_staff_alone = criteria.services.iter().any(|id| offer.is_for_staff_alone(id));
    let today = local(visitor.now()).date();
    let visit = criteria.visit(offer);
    let (days, earliest, draws) = futures_util::future::try_join3(
        office.api.days(&visit, today, today.saturating_add(HORIZON_DAYS.days())).err_into(),
        office.api.earliest(&visit).err_into(),
        Notice::of(visitor, &search.authority, criteria),
    )
    .await?;

    let is_any_free = earliest.slot.is_some();
    let earliest = match earliest.slot {
        Some(slot) => other_slot(visitor, &search.authority, criteria, slot).await,
        None => None,
    };

    let texts = visitor.texts;
    let names = visit::service_names(texts, offer, &criteria.services);
    let title = texts.list(&names);
    let link = |date| visitor.links.day(&office.id, criteria, date);
    let calendar = Calendar::new(texts, today, &days, link);
    let list = calendar.list();
    let is_unknown_postcode = criteria.near.is_some() && criteria.near_position().is_none();
    let frame = search_frame(visitor, title, &search.authority, criteria).await;
    let page = DaysPage {
        frame: if is_unknown_postcode { frame.of_error() } else { frame },
        authority: office.id.clone(),
        authority_name: Name::of(&offer.name, texts),
        services: chosen_services(criteria, names),
        descriptions: descriptions(texts, offer, criteria),
        draws: draws.filter(|_| !is_for_staff_alone),
        is_assigned: wanted(offer, criteria).any(|it| it.allocation == Allocation::Assign),
        is_for_staff_alone,
        waiting: WaitingNotice::of(visitor, &search.authority, criteria)
            .filter(|_| !is_for_staff_alone),
        application: Application::of(visitor, &office.id, offer, criteria),
        anywhere: visitor.links.days(&office.id, &criteria.anywhere()),
        is_unknown_postcode,
        places: place_choices(texts, offer, criteria),
        combinable: extras(&search),
        full: visit_form::full(visitor, offer, criteria),
        earliest: earliest.and_then(|slot| earliest_part(&search, slot)),
        is_any_free,
        has_more_days: calendar.free_days() > list.len(),
        months: calendar.months(),
        list,
        criteria: criteria.clone(),
    };
    Ok(visitor.page(&page))
}

fn chosen_services(criteria: &SearchCriteria, names: Vec<Name>) -> Vec<ChosenService> {
    let services = criteria.services.iter().cloned().zip(names);
    services.map(|(id, name)| ChosenService { id, name }).collect()
}

fn wanted<'o>(offer: &'o Offer, criteria: &'o SearchCriteria) -> impl Iterator<Item = &'o Service> {
    criteria.services.iter().filter_map(|id| offer.service(id))
}

fn descriptions(texts: Texts, offer: &Offer, criteria: &SearchCriteria) -> Vec<Name> {
    let described = wanted(offer, criteria).filter(|service| !service.description.is_empty());
    described.map(|service| Name::of(&service.description, texts)).collect()
}

fn place_choices(texts: Texts, offer: &Offer, criteria: &SearchCriteria) -> Vec<PlaceChoice> {
    let choice = |(location, distance): (&client::Location, Option<f64>)| PlaceChoice {
        place: LocationSummary::of(location, texts)
            .at_distance(distance, texts)
            .for_at_most(visit_limits::fewer_at(offer, location, &criteria.services), texts),
        chosen: criteria.locations.contains(&location.id),
    };
    criteria.places(offer).into_iter().map(choice).collect()
}

/// What can be done in the same visit. A move keeps its services.
fn extras(search: &Search) -> Vec<Extra> {
    let Request { visitor, authority: Authority { office, offer }, asked: criteria, .. } = search;
    if criteria.replaces.is_some() {
        return Vec::new();
    }
    visit_limits::addable(offer, criteria)
        .map(|service| {
            let mut more = criteria.clone();
            more.services.push(service.id.clone());
            let link = visitor.links.days(&office.id, &more);
            Extra { name: Name::of(&service.name, visitor.texts), link }
        })
        .collect()
}

fn earliest_part(search: &Search, slot: FreeSlot) -> Option<EarliestPart> {
    let Request { visitor, authority: Authority { office, offer }, asked: criteria, .. } = search;
    Some(EarliestPart {
        moment: visitor.texts.moment(slot.start),
        place: LocationSummary::of(offer.location(&slot.location)?, visitor.texts),
        link: visitor.links.choice(&office.id, criteria, &slot),
    })
}

impl DaysPage {
    /// Whether to say that nothing is free: not if it is given out in another way.
    fn says_none(&self) -> bool {
        !self.is_any_free && self.draws.is_none() && !self.is_assigned && !self.is_for_staff_alone
    }

    /// Whether to show the way by a day and a time.
    fn is_bookable(&self) -> bool {
        !self.is_assigned
            && !self.is_for_staff_alone
            && !self.draws.as_ref().is_some_and(|draws| draws.is_only_way)
    }

    fn near(&self) -> &str {
        self.criteria.near.as_deref().unwrap_or_default()
    }
}
