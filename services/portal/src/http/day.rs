//! The free times of one day: a handful at each of a few places, with links to more.

use std::{borrow::Cow, collections::BTreeMap};

use actix_web::HttpResponse;
use askama::Template;
use client::{DayFree, FreeSlot, Visit};
use ids::{AuthorityId, LocationId};
use jiff::{Timestamp, ToSpan};

use super::{
    another_time::AnotherTime,
    barring::gone,
    days::HORIZON_DAYS,
    frame::Frame,
    page_error::PageError,
    part_of_day::{ChosenDay, PLACES_ON_PAGE, PartOfDay, handful},
    request::{Anybody, Authority, Request},
    search::{SearchCriteria, slot_field},
    search_frame::search_frame,
    visit::{self, LocationSummary, Name},
    visitor::go_to,
};
use crate::text::{Texts, clock_face, local};

#[derive(Template)]
#[template(path = "day.html")]
struct DayPage {
    frame: Frame,
    authority: AuthorityId,
    services: Vec<Name>,
    criteria: SearchCriteria,
    date: Cow<'static, str>,
    places: Vec<PlacePart>,
    /// Why nothing is free, if nothing is.
    why_none: &'static str,
    /// Other parts of the day.
    elsewhere: Vec<MoreLink>,
    /// A slot can be held at once; otherwise the next page asks to log in.
    ready: bool,
    back: String,
}

struct PlacePart {
    place: LocationSummary,
    times_of_day: Vec<TimesOfDay>,
    more: Vec<MoreLink>,
}

struct TimesOfDay {
    title: Cow<'static, str>,
    slots: Vec<SlotPart>,
}

struct SlotPart {
    time: String,
    label: String,
    field: String,
    link: String,
}

/// A link to what this page leaves out.
struct MoreLink {
    text: Cow<'static, str>,
    /// The same with the place, for those who hear one link after another.
    label: String,
    link: String,
}

/// The free starts at each place, the earliest first, each once.
type Times = BTreeMap<LocationId, BTreeMap<Timestamp, FreeSlot>>;

type Search = Request<Anybody, Authority, ChosenDay>;

pub(crate) async fn show(search: Search) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, offer }, asked, .. } = &search;
    let ChosenDay { criteria, date, part } = asked;
    // No day is chosen: that page says what people do instead.
    if !AnotherTime::of(offer, &criteria.services).is_chosen() {
        return Ok(go_to(visitor.links.days(&office.id, criteria)));
    }
    if let Some(failure) = gone(visitor, &search.authority, criteria).await {
        return Err(failure);
    }
    let mut visit = criteria.visit(offer);
    if let Some(at) = &part.at {
        visit.locations = vec![at.clone()];
    }
    let times = by_place(office.api.slots(&visit, *date).await?.slots);
    let why_none = if times.is_empty() { why_none(&search, &visit).await? } else { "day-none" };
    let order = in_order(&search, &times);

    let texts = visitor.texts;
    let needed = visit::needed_level(offer, &criteria.services);
    let title = texts.fill("day-title", "date", texts.date(*date).into_owned());
    let page = DayPage {
        frame: search_frame(visitor, title, &search.authority, criteria).await,
        authority: office.id.clone(),
        services: visit::service_names(texts, offer, &criteria.services),
        date: texts.date(*date),
        places: place_parts(&search, &order, &times),
        why_none,
        elsewhere: elsewhere(&search, order.len()),
        ready: visitor.session.read().login.is_some_and(|login| login.level >= needed),
        back: visitor.links.days(&office.id, criteria),
        criteria: criteria.clone(),
    };
    Ok(visitor.page(&page))
}

/// Why nothing is free on the day, as far as it can be known.
async fn why_none(search: &Search, visit: &Visit) -> Result<&'static str, PageError> {
    let Request { visitor, authority: Authority { office, .. }, asked, .. } = search;
    let ChosenDay { criteria, date, part } = asked;
    let today = local(visitor.now()).date();
    if *date < today {
        return Ok("day-past");
    }
    let until = today.saturating_add(HORIZON_DAYS.days());
    if *date > until {
        return Ok("day-far");
    }
    let known = office.api.days(visit, today, until).await?;
    let is_free = |day: &&DayFree| day.free > 0;
    Ok(if known.closed.contains(date) {
        "day-closed"
    } else if known.days.iter().rfind(is_free).is_some_and(|last| last.date < *date) {
        // Perhaps it cannot be booked yet; perhaps the last days are full.
        "day-far"
    } else if part.at.is_some() || !criteria.locations.is_empty() {
        "day-none-here"
    } else {
        "day-none"
    })
}

fn by_place(slots: Vec<FreeSlot>) -> Times {
    let mut times = Times::new();
    for slot in slots.into_iter().filter(|slot| slot.free > 0) {
        times.entry(slot.location.clone()).or_default().entry(slot.start).or_insert(slot);
    }
    times
}

/// The places with something free: the nearest first if a postcode is given, else the one with the
/// earliest time.
fn in_order(search: &Search, times: &Times) -> Vec<LocationSummary> {
    let Request { visitor, authority: Authority { offer, .. }, asked, .. } = search;
    let first = |place: &LocationId| times.get(place)?.keys().next().copied();
    let mut places = asked.criteria.places(offer);
    let is_shown = |id: &LocationId| asked.part.at.as_ref().is_none_or(|at| at == id);
    places.retain(|(place, _)| is_shown(&place.id) && first(&place.id).is_some());
    if asked.criteria.near_position().is_none() {
        places.sort_by_key(|(place, _)| first(&place.id));
    }
    places
        .into_iter()
        .map(|(place, distance)| {
            LocationSummary::of(place, visitor.texts).at_distance(distance, visitor.texts)
        })
        .collect()
}

fn place_parts(search: &Search, order: &[LocationSummary], times: &Times) -> Vec<PlacePart> {
    // A link that is old may skip more places than are left.
    let skip = Some(search.asked.part.skip).filter(|skip| *skip < order.len()).unwrap_or(0);
    let shown: Vec<_> = order.iter().skip(skip).take(PLACES_ON_PAGE).collect();
    let most = handful(shown.len());
    let part = |place: &&LocationSummary| {
        let all: Vec<&FreeSlot> = times.get(&place.id)?.values().collect();
        Some(place_part(search, place, &all, most))
    };
    shown.iter().filter_map(part).collect()
}

/// At most so many times of one place, from the asked one on.
fn place_part(
    search: &Search,
    place: &LocationSummary,
    all: &[&FreeSlot],
    most: usize,
) -> PlacePart {
    let from = search.asked.part.from;
    let start = from.map_or(0, |from| {
        let later = all.iter().position(|slot| local(slot.start).time() >= from);
        later.unwrap_or_else(|| all.len().saturating_sub(most))
    });
    let shown = all.iter().skip(start).take(most);
    let end = start + shown.len();
    let link = |key: &str, count: usize, index: usize| {
        let from = local(all.get(index)?.start).time();
        Some(more(search, place, key, count, PartOfDay::at(place.id.clone(), from)))
    };
    let earlier = (start > 0).then(|| link("day-earlier", start, start.saturating_sub(most)));
    let later = (end < all.len()).then(|| link("day-more", all.len() - end, end));
    PlacePart {
        place: place.clone(),
        times_of_day: by_time_of_day(search, place, shown),
        more: [earlier, later].into_iter().flatten().flatten().collect(),
    }
}

fn more(
    search: &Search,
    place: &LocationSummary,
    key: &str,
    count: usize,
    part: PartOfDay,
) -> MoreLink {
    let Request { visitor, authority: Authority { office, .. }, asked, .. } = search;
    let text = visitor.texts.fill(key, "count", count);
    MoreLink {
        label: format!("{text}: {}", place.name.text),
        link: visitor.links.part_of_day(&office.id, &asked.showing(part)),
        text,
    }
}

/// Links to the places that are not shown.
fn elsewhere(search: &Search, places: usize) -> Vec<MoreLink> {
    let Request { visitor, authority: Authority { office, .. }, asked, .. } = search;
    let link = |text: Cow<'static, str>, part: PartOfDay| MoreLink {
        label: text.clone().into_owned(),
        link: visitor.links.part_of_day(&office.id, &asked.showing(part)),
        text,
    };
    let skip = asked.part.skip;
    let all = (asked.part.at.is_some() || skip > 0)
        .then(|| link(visitor.texts.text("day-all-places"), PartOfDay::default()));
    let next = skip.saturating_add(PLACES_ON_PAGE);
    let rest = (next < places).then(|| {
        let text = visitor.texts.fill("day-more-places", "count", places - next);
        link(text, PartOfDay { skip: next, ..PartOfDay::default() })
    });
    [rest, all].into_iter().flatten().collect()
}

fn by_time_of_day<'s>(
    search: &Search,
    place: &LocationSummary,
    slots: impl Iterator<Item = &'s &'s FreeSlot>,
) -> Vec<TimesOfDay> {
    let texts = search.visitor.texts;
    let mut parts: Vec<(&str, TimesOfDay)> = Vec::new();
    for slot in slots {
        let key = match local(slot.start).hour() {
            ..12 => "day-morning",
            12..16 => "day-afternoon",
            _ => "day-evening",
        };
        let shown = slot_part(search, texts, place, slot);
        match parts.last_mut() {
            Some((last, known)) if *last == key => known.slots.push(shown),
            _ => parts.push((key, TimesOfDay { title: texts.text(key), slots: vec![shown] })),
        }
    }
    parts.into_iter().map(|(_, part)| part).collect()
}

fn slot_part(search: &Search, texts: Texts, place: &LocationSummary, slot: &FreeSlot) -> SlotPart {
    let Request { visitor, authority: Authority { office, .. }, asked, .. } = search;
    let time = texts.time(slot.start);
    SlotPart {
        time: clock_face(slot.start),
        label: texts.details(&[&*time, place.name.text.as_str()]),
        field: slot_field(&slot.location, slot.start),
        link: visitor.links.choice(&office.id, &asked.criteria, slot),
    }
}
