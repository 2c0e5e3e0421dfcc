//! The free times of one day, by place and time of day.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::FreeSlot;
use ids::AuthorityId;

use super::{
    frame::Frame,
    page_error::PageError,
    request::{Anybody, Authority, Request},
    search::{ChosenDay, SearchCriteria, slot_field},
    search_frame::search_frame,
    visit::{self, LocationSummary, Name},
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
    /// A slot can be held at once; otherwise the next page asks to log in.
    ready: bool,
    back: String,
}

struct PlacePart {
    place: LocationSummary,
    parts_of_day: Vec<PartOfDay>,
}

struct PartOfDay {
    title: Cow<'static, str>,
    slots: Vec<SlotPart>,
}

struct SlotPart {
    time: String,
    label: String,
    field: String,
    link: String,
}

type Search = Request<Anybody, Authority, ChosenDay>;

pub(crate) async fn show(search: Search) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, offer }, asked, .. } = &search;
    let ChosenDay { criteria, date } = asked;
    let slots = office.api.slots(&criteria.visit(offer), *date).await?.slots;

    let texts = visitor.texts;
    let needed = visit::needed_level(offer, &criteria.services);
    let title = texts.fill("day-title", "date", texts.date(*date).into_owned());
    let page = DayPage {
        frame: search_frame(visitor, title, &search.authority, criteria).await,
        authority: office.id.clone(),
        services: visit::service_names(texts, offer, &criteria.services),
        date: texts.date(*date),
        places: by_place(&search, &slots),
        ready: visitor.session.read().login.is_some_and(|login| login.level >= needed),
        back: visitor.links.days(&office.id, criteria),
        criteria: criteria.clone(),
    };
    Ok(visitor.page(&page))
}

fn by_place(search: &Search, slots: &[FreeSlot]) -> Vec<PlacePart> {
    let Request { visitor, authority: Authority { office, offer }, asked, .. } = search;
    let part = |slot: &FreeSlot, place: &LocationSummary| {
        let time = clock_face(slot.start);
        SlotPart {
            label: format!("{}, {}", visitor.texts.time(slot.start), place.name.text),
            field: slot_field(&slot.location, slot.start),
            link: visitor.links.choice(&office.id, &asked.criteria, slot),
            time,
        }
    };
    offer
        .locations
        .iter()
        .filter_map(|location| {
            let place = LocationSummary::of(location, visitor.texts);
            let here = slots.iter().filter(|slot| slot.location == location.id && slot.free > 0);
            let parts_of_day = by_time_of_day(visitor.texts, here, |slot| part(slot, &place));
            (!parts_of_day.is_empty()).then_some(PlacePart { place, parts_of_day })
        })
        .collect()
}

fn by_time_of_day<'s>(
    texts: Texts,
    slots: impl Iterator<Item = &'s FreeSlot>,
    part: impl Fn(&FreeSlot) -> SlotPart,
) -> Vec<PartOfDay> {
    let mut parts: Vec<(&str, PartOfDay)> = Vec::new();
    for slot in slots {
        let key = match local(slot.start).hour() {
            ..12 => "day-morning",
            12..16 => "day-afternoon",
            _ => "day-evening",
        };
        match parts.last_mut() {
            Some((last, known)) if *last == key => known.slots.push(part(slot)),
            _ => parts.push((key, PartOfDay { title: texts.text(key), slots: vec![part(slot)] })),
        }
    }
    parts.into_iter().map(|(_, part)| part).collect()
}
