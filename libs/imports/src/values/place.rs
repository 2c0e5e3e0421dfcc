//! A location as it stands in a values file.
//!
//! Keys are those of the catalogue (`libs/catalogue/src/location.rs`). What equals a default is
//! left out, so that an admin sees what is special about a place.

use std::collections::BTreeMap;

use calendar::{Exception, Grid, OpeningRule};
use jiff::civil::Date;
use serde::Serialize;
use serde_norway::Value;

use super::yaml::{Map, value};
use crate::model::{Address, Offer, Place, Relation, Service};

/// What people read of it, without hours.
pub(super) fn texts(place: &Place) -> Map {
    let position = |(lat, lon): (f64, f64)| Map::default().with("lat", lat).with("lon", lon);
    Map::default()
        .with_some("address", place.address.as_ref().map(address))
        .with_some("hint", place.hint.as_ref().map(value))
        .with_some("access", place.access.as_ref().map(value))
        .with_some("position", place.position.map(position))
}

/// The key names are those of the catalogue, in camel case.
fn address(address: &Address) -> Map {
    Map::default()
        .with("street", address.street.as_str())
        .with("postalCode", address.postal_code.as_str())
        .with("city", address.city.as_str())
}

/// The whole entry.
pub(super) fn entry(place: &Place, offer: &Offer) -> Map {
    let mut map = Map::default()
        .with_some("number", place.number.as_deref())
        .with("name", value(&place.name));
    for (key, text) in texts(place).into_entries() {
        map = map.with(&key, text);
    }
    let grid = (place.grid != Grid::default()).then(|| place.grid.minutes());
    let window = Map::default()
        .with_some("fromDays", place.window.from_days)
        .with_some("toDays", place.window.to_days);
    map.with_some("grid", grid)
        .with("desks", place.desks.unwrap_or(1))
        .with_some("bookable", window.filled())
        .with("services", services(place, offer))
        .with_some("opening", named(&place.opening, rule))
        .with_some("exceptions", named(&place.exceptions, exception))
        .with_some("closures", closures(&place.closures))
}

/// In the order of their ids, with what differs from the service itself.
///
/// A service that the offer does not have is left out; the reader has reported it.
fn services(place: &Place, offer: &Offer) -> Map {
    let known = |(key, relation): (&String, &Relation)| {
        let service = offer.services.get(key)?;
        Some((service.id.clone(), relation_map(*relation, service)))
    };
    let by_id: BTreeMap<String, Map> = place.services.iter().filter_map(known).collect();
    by_id.into_iter().fold(Map::default(), |map, (id, relation)| map.with(&id, relation))
}

/// What equals the service's own value is left out, so that a later change of the service reaches
/// every place.
fn relation_map(relation: Relation, service: &Service) -> Map {
    let slots = Some(relation.slots).filter(|slots| Some(*slots) != service.slots);
    let people = relation.max_people.filter(|people| Some(*people) != service.max_people);
    Map::default()
        .with_some("slots", slots)
        .with_some("maxPeople", people)
        .with_some("staffOnly", relation.staff_only.then_some(true))
}

/// A map of named entries; nothing if there are none.
fn named<T>(all: &BTreeMap<String, T>, write: fn(&T) -> Value) -> Option<Value> {
    all.iter().fold(Map::default(), |map, (name, one)| map.with(name, write(one))).filled()
}

fn rule(rule: &OpeningRule) -> Value {
    without_defaults(rule)
}

fn exception(exception: &Exception) -> Value {
    without_defaults(exception)
}

/// What serde writes, without what would be so anyway.
fn without_defaults(of: &impl Serialize) -> Value {
    let mut written = value(of);
    if let Value::Mapping(map) = &mut written {
        map.retain(|key, value| match key.as_str() {
            Some("multipleSlots") => *value != Value::Bool(true),
            Some("desks" | "bookable") => value.as_mapping().is_none_or(|map| !map.is_empty()),
            _ => true,
        });
    }
    written
}

/// By date: `closed-2027-06-16`.
pub(super) fn closures(closures: &BTreeMap<Date, String>) -> Option<Value> {
    let all = closures.iter().fold(Map::default(), |map, (date, reason)| {
        let closure = Map::default()
            .with("date", date.to_string())
            .with_some("reason", Some(reason.as_str()).filter(|reason| !reason.is_empty()));
        map.with(&format!("closed-{date}"), closure)
    });
    all.filled()
}
