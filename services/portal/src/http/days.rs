//! On which days something is free, and where.

use std::{borrow::Cow, collections::HashMap};

use actix_web::HttpResponse;
use askama::Template;
use client::{DayFree, FreeSlot, Service};
use futures_util::TryFutureExt as _;
use ids::AuthorityId;
use jiff::{ToSpan, civil::Date};

use super::{
    draws::notice::Notice,
    frame::Frame,
    page_error::PageError,
    request::{Anybody, Authority, Request},
    search::SearchCriteria,
    search_frame::search_frame,
    visit::{self, LocationSummary, Name},
    visit_limits,
    visitor::go_to,
};
use crate::{
    directory::Offer,
    text::{Texts, local},
};

/// How far ahead the calendar looks.
const HORIZON_DAYS: i32 = 184;

#[derive(Template)]
#[template(path = "days.html")]
struct DaysPage {
    frame: Frame,
    authority: AuthorityId,
    authority_name: Name,
    services: Vec<Name>,
    descriptions: Vec<Name>,
    /// If the appointments are drawn.
    draws: Option<Notice>,
    entitlement_required: bool,
    criteria: SearchCriteria,
    places: Vec<PlaceChoice>,
    combinable: Vec<Extra>,
    earliest: Option<EarliestPart>,
    months: Vec<Month>,
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

struct Month {
    title: Cow<'static, str>,
    /// Monday to Sunday; `None` where another month's day would stand.
    weeks: Vec<[Option<Day>; 7]>,
}

struct Day {
    number: i8,
    /// Free appointments and the way to them.
    free: Option<FreeDay>,
}

struct FreeDay {
    link: String,
    label: String,
}

type Search = Request<Anybody, Authority, SearchCriteria>;

pub(crate) async fn show(search: Search) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, offer }, asked: criteria, .. } = &search;
    if visit_limits::broken(offer, criteria).is_some() {
        return Ok(go_to(visitor.links.visit(&office.id, criteria)));
    }
    let today = local(visitor.now()).date();
    let visit = criteria.visit(offer);
    let (days, earliest, draws) = futures_util::future::try_join3(
        office.api.days(&visit, today, today.saturating_add(HORIZON_DAYS.days())).err_into(),
        office.api.earliest(&visit).err_into(),
        Notice::of(visitor, &search.authority, criteria),
    )
    .await?;

    let texts = visitor.texts;
    let services = visit::service_names(texts, offer, &criteria.services);
    let title = services.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(", ");
    let page = DaysPage {
        frame: search_frame(visitor, title, &search.authority, criteria).await,
        authority: office.id.clone(),
        authority_name: Name::of(&offer.name, texts),
        services,
        descriptions: descriptions(texts, offer, criteria),
        draws,
        entitlement_required: wanted(offer, criteria).any(|service| service.entitlement_required),
        places: place_choices(texts, offer, criteria),
        combinable: extras(&search),
        earliest: earliest.slot.and_then(|slot| earliest_part(&search, slot)),
        months: months(&days.days, &search),
        criteria: criteria.clone(),
    };
    Ok(visitor.page(&page))
}

fn wanted<'o>(offer: &'o Offer, criteria: &'o SearchCriteria) -> impl Iterator<Item = &'o Service> {
    criteria.services.iter().filter_map(|id| offer.service(id))
}

fn descriptions(texts: Texts, offer: &Offer, criteria: &SearchCriteria) -> Vec<Name> {
    let described = wanted(offer, criteria).filter(|service| !service.description.is_empty());
    described.map(|service| Name::of(&service.description, texts)).collect()
}

fn place_choices(texts: Texts, offer: &Offer, criteria: &SearchCriteria) -> Vec<PlaceChoice> {
    offer
        .places_for(&criteria.services)
        .map(|location| PlaceChoice {
            place: LocationSummary::of(location, texts),
            chosen: criteria.locations.contains(&location.id),
        })
        .collect()
}

fn extras(search: &Search) -> Vec<Extra> {
    let Request { visitor, authority: Authority { office, offer }, asked: criteria, .. } = search;
    // A draw is for one service.
    let combines = |service: &Service| service.combinable && !service.allocation.is_drawn();
    let all_combine = wanted(offer, criteria).all(combines);
    if !all_combine || criteria.replaces.is_some() {
        return Vec::new();
    }
    offer
        .services
        .iter()
        .filter(|service| {
            combines(service)
                && !criteria.services.contains(&service.id)
                && wanted(offer, criteria).all(|chosen| chosen.group == service.group)
        })
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

/// One table per month from the first to the last free day.
fn months(days: &[DayFree], search: &Search) -> Vec<Month> {
    let Request { visitor, authority: Authority { office, .. }, asked: criteria, .. } = search;
    let free: HashMap<Date, u32> =
        days.iter().filter(|day| day.free > 0).map(|day| (day.date, day.free)).collect();
    let (Some(first), Some(last)) = (free.keys().min(), free.keys().max()) else {
        return Vec::new();
    };
    let texts = visitor.texts;
    let day = |date: Date| Day {
        number: date.day(),
        free: free.get(&date).map(|count| FreeDay {
            link: visitor.links.day(&office.id, criteria, date),
            label: format!("{}: {}", texts.date(date), texts.fill("days-free", "count", *count)),
        }),
    };
    std::iter::successors(Some(first.first_of_month()), |month| month.checked_add(1.month()).ok())
        .take_while(|month| month <= last)
        .map(|month| {
            let mut weeks = weeks(month, day);
            // Weeks that are over only push the free days down.
            let first_week = weeks.iter().position(|week| is_ahead(week, month, *first));
            weeks.drain(..first_week.unwrap_or(0));
            Month { title: texts.month(month), weeks }
        })
        .collect()
}

fn is_ahead(week: &[Option<Day>], month: Date, first_free: Date) -> bool {
    let last = week.iter().flatten().last();
    last.is_some_and(|day| month.saturating_add((day.number - 1).days()) >= first_free)
}

fn weeks(month: Date, day: impl Fn(Date) -> Day) -> Vec<[Option<Day>; 7]> {
    let before = i64::from(month.weekday().to_monday_zero_offset());
    let length = i64::from(month.days_in_month());
    (0..(before + length).div_euclid(7) + 1)
        .map(|week| {
            std::array::from_fn(|weekday| {
                let number = week * 7 + i64::try_from(weekday).unwrap_or(0) - before;
                let within = (0..length).contains(&number);
                within.then(|| day(month.saturating_add(number.days())))
            })
        })
        .filter(|week: &[Option<Day>; 7]| week.iter().any(Option::is_some))
        .collect()
}

impl DaysPage {
    /// Whether to say that nothing is free: not if there is a draw instead.
    fn says_none(&self) -> bool {
        self.draws.is_none()
    }

    /// Whether to show the way by a day and a time.
    fn is_bookable(&self) -> bool {
        !self.draws.as_ref().is_some_and(|draws| draws.is_only_way)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_is_laid_out_from_monday_to_sunday() {
        // February 2027 begins on a Monday and has exactly four weeks.
        for (month, rows, first) in
            [(date(2027, 2, 1), 4, 0), (date(2027, 1, 1), 5, 4), (date(2027, 5, 1), 6, 5)]
        {
            let weeks = weeks(month, |date| Day { number: date.day(), free: None });
            assert_eq!(weeks.len(), rows, "{month}");
            assert_eq!(weeks[0].iter().position(Option::is_some), Some(first), "{month}");
            let days: Vec<_> = weeks.iter().flatten().flatten().map(|day| day.number).collect();
            assert_eq!(days, (1..=month.days_in_month()).collect::<Vec<_>>(), "{month}");
        }
    }
}
