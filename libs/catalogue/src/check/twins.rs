//! Two entries that people or programs cannot tell apart, and addresses that lead nowhere.

use std::collections::BTreeMap;

use booking::rules::Finding;
use vocabulary::Language;

use crate::Catalogue;

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
