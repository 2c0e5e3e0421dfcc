//! Texts for a catalogue that is there: a values file to be laid over it.

use catalogue::Catalogue;

use super::{
    place, service,
    yaml::{Map, Page},
};
use crate::{
    model::{Offer, Place, Service},
    report::Report,
};

/// What the source says about the services and locations of `base`, which it knows by their LeiKa
/// keys and numbers. Names, slots and hours stay as they are.
#[must_use]
pub fn overlay(offer: &Offer, base: &Catalogue, command: &str, report: &mut Report) -> String {
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
    section(&mut page, "services", services);
    let places = base.locations().filter_map(|(id, known)| {
        let is_same = |place: &&Place| place.number.is_some() && place.number == known.number;
        let found = offer.places.values().find(is_same)?;
        Some((id.to_string(), place::texts(found)))
    });
    let places: Vec<_> = places.filter(|(_, texts)| !texts.is_empty()).collect();
    section(&mut page, "locations", places);
    page.into_text()
}

/// The LeiKa key is the same in all of Germany; a number is Berlin's.
fn is_service(service: &Service, known: &catalogue::Service) -> bool {
    let is_same = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
    is_same(&service.leika, &known.leika) || is_same(&service.number, &known.number)
}

fn section(page: &mut Page, key: &str, entries: Vec<(String, Map)>) {
    if entries.is_empty() {
        return page.entry(2, key, Map::default());
    }
    page.key(2, key);
    for (id, texts) in entries {
        page.entry(4, &id, texts);
    }
}
