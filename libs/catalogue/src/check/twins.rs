//! Two entries that people or programs cannot tell apart, and addresses that lead nowhere.
//!
//! Ids are keys of one map, so they differ. What people see (names) and what other systems look up
//! (numbers) may be written twice by copying a block.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
};

use booking::rules::Finding;
use vocabulary::Language;

use crate::{Catalogue, Service};

/// Services first, then locations, then the authority's languages, then lists and addresses.
pub(super) fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut found = Vec::new();
    let services = || catalogue.services().map(|(id, one)| (id.as_str(), one));
    let names = services().map(|(id, one)| (id, Some(one.name.get(Language::German))));
    twins("services", "name.de", names, &mut found);
    let numbers = services().map(|(id, one)| (id, one.number.as_deref()));
    twins("services", "number", numbers, &mut found);
    let places = || catalogue.locations().map(|(id, one)| (id.as_str(), one));
    let names = places().map(|(id, one)| (id, Some(one.name.get(Language::German))));
    twins("locations", "name.de", names, &mut found);
    let numbers = places().map(|(id, one)| (id, one.number.as_deref()));
    twins("locations", "number", numbers, &mut found);
    let languages = &catalogue.authority.languages;
    found.extend(twice("catalogue.authority.languages", languages));
    for (id, service) in services() {
        let path = format!("catalogue.services.{id}.remindHoursBefore");
        found.extend(twice(&path, &service.remind_hours_before));
        quotas(id, service, &mut found);
    }
    for (id, place) in places() {
        let path = format!("catalogue.locations.{id}.address");
        if place.address.street.trim().is_empty() {
            let remedy = "write street and number: people have to find it";
            found.push(Finding::new(format!("{path}.street"), "is empty", remedy));
        }
        if place.address.postal_code == "00000" {
            let problem = "there is no postal code 00000";
            found.push(Finding::new(
                format!("{path}.postalCode"),
                problem,
                "write that of the place",
            ));
        }
    }
    found
}

/// What a draw announces is told apart by its name.
fn quotas(id: &str, service: &Service, found: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    let quotas = service.draw.iter().flat_map(|draw| draw.quotas.iter().enumerate());
    for (index, quota) in quotas {
        let name = quota.name.get(Language::German).trim();
        if !seen.insert(name.to_lowercase()) {
            let path = format!("catalogue.services.{id}.draw.quotas[{index}].name.de");
            let problem = format!("`{name}` is that of a quota before, too");
            found.push(Finding::new(path, problem, "let people tell the two apart"));
        }
    }
}

/// The first entry of a list that stands in it before.
fn twice<T: Ord + Display>(path: &str, list: &[T]) -> Option<Finding> {
    let mut seen = BTreeSet::new();
    let again = list.iter().find(|entry| !seen.insert(*entry))?;
    Some(Finding::new(path, format!("`{again}` stands there twice"), "remove the second one"))
}

/// One finding for each entry that has the same text as one before it, whatever its case.
fn twins<'a>(
    kind: &str,
    key: &str,
    entries: impl Iterator<Item = (&'a str, Option<&'a str>)>,
    found: &mut Vec<Finding>,
) {
    let mut seen = BTreeMap::<String, &str>::new();
    for (id, text) in entries {
        let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { continue };
        if let Some(first) = seen.insert(text.to_lowercase(), id) {
            let path = format!("catalogue.{kind}.{id}.{key}");
            let problem = format!("`{text}` is that of `{first}`, too");
            found.push(Finding::new(path, problem, "let people tell the two apart"));
        }
    }
}
