//! Texts for a catalogue that is there: a values file to be laid over it.
//!
//! For an authority that runs already and takes over descriptions from a state-wide source. Helm
//! merges maps of several values files and replaces lists, so a file that states texts alone leaves
//! all else as it is.

use catalogue::{Catalogue, Location};
use vocabulary::Language;

use super::{
    place, service,
    yaml::{Map, Page},
};
use crate::{
    model::{Offer, Place, Service},
    report::Report,
};

/// What the source says about the services and locations of `base`, which it knows by their LeiKa
/// keys and numbers. Names, slots and hours stay as they are. `None` if it says nothing about them.
#[must_use]
pub fn overlay(
    offer: &Offer,
    base: &Catalogue,
    command: &str,
    report: &mut Report,
) -> Option<String> {
    let mut page = Page::default();
    page.comment(
        0,
        &format!("Texts for a catalogue. `{command}` wrote this file; it is yours now."),
    );
    page.comment(
        0,
        "Give it to helm and check after the catalogue: -f catalogue.yaml -f THIS-FILE.",
    );
    page.key(0, "catalogue");
    let services = base.services().filter_map(|(id, known)| {
        let found = offer.services.values().find(|service| is_service(service, known));
        if found.is_none() {
            let path = format!("catalogue.services.{id}");
            let remedy = "write its `leika` key or its `number`, or import a file that has it";
            report.missing(&path, "the files say nothing about this service", remedy);
        }
        Some((id.to_string(), service::texts(found?)))
    });
    let services: Vec<_> = services.filter(|(_, texts)| !texts.is_empty()).collect();
    let has_services = !services.is_empty();
    section(&mut page, "services", services);
    let places = base.locations().filter_map(|(id, known)| {
        let found = offer.places.values().find(|place| is_place(place, known))?;
        Some((id.to_string(), place::texts(found)))
    });
    let places: Vec<_> = places.filter(|(_, texts)| !texts.is_empty()).collect();
    unknown_places(offer, base, report);
    let is_something = has_services || !places.is_empty();
    section(&mut page, "locations", places);
    is_something.then(|| page.into_text())
}

/// By the number of Berlin's location catalogue alone. Names are no proof: several offices have the
/// same.
fn is_place(place: &Place, known: &Location) -> bool {
    place.number.is_some() && place.number == known.number
}

/// Tells which places found no location, and which location each could be.
fn unknown_places(offer: &Offer, base: &Catalogue, report: &mut Report) {
    for place in offer.places.values() {
        if base.locations().any(|(_, known)| is_place(place, known)) {
            continue;
        }
        let name = place.name.get(&Language::German).map_or("", String::as_str);
        let path = format!("place {name}");
        let alike = base.locations().find(|(_, known)| is_alike(place, name, known));
        match (alike, &place.number) {
            (Some((id, _)), Some(number)) => {
                let problem = "a place that no location has by its number, and one has by its name or \
                               address";
                let remedy = format!("if it is the same, write `number: \"{number}\"` there");
                report.left_out(&format!("{path}: catalogue.locations.{id}"), problem, &remedy);
            }
            _ => report.left_out(&path, "a place that no location has by its number", ""),
        }
    }
}

/// Good enough for a hint to the admin, who writes the number down if it is right.
fn is_alike(place: &Place, name: &str, known: &Location) -> bool {
    let is_there = place.address.as_ref().is_some_and(|address| {
        address.street == known.address.street && address.postal_code == known.address.postal_code
    });
    is_there || known.name.get(Language::German) == name
}

/// The LeiKa key is the same in all of Germany; a number is Berlin's.
fn is_service(service: &Service, known: &catalogue::Service) -> bool {
    let is_same = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
    is_same(&service.leika, &known.leika) || is_same(&service.number, &known.number)
}

/// An empty map where there is nothing: a key without a value is null, by which Helm deletes.
fn section(page: &mut Page, key: &str, entries: Vec<(String, Map)>) {
    if entries.is_empty() {
        return page.entry(2, key, Map::default());
    }
    page.key(2, key);
    for (id, texts) in entries {
        page.entry(4, &id, texts);
    }
}
