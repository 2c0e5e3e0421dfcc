//! Providers, requests, and which provider does what with how many slots.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use vocabulary::Language;

use super::{collect::Found, stub::keyed_at};
use crate::{
    dldb,
    json::Node,
    model::{Relation, Service},
    report::Report,
    slug::Ids,
    words::{german, paragraph},
};

/// The most people of one visit.
const MOST_PEOPLE: u16 = 25;

/// Source and id of a provider or a request.
pub(super) type Key = (String, String);

/// Ways of doing a service that are requests of their own.
const VARIANTS: [&str; 7] = [
    "in person",
    "by telephone",
    "by video",
    "for one person",
    "for a family",
    "for small customers",
    "for large customers",
];

/// What each provider does, by request.
pub(super) fn relations(
    found: &Found<'_>,
    report: &mut Report,
) -> BTreeMap<Key, BTreeMap<Key, Relation>> {
    let mut all = BTreeMap::<Key, BTreeMap<Key, Relation>>::new();
    for node in &found.relations {
        let (Some(provider), Some(request)) =
            (keyed_at(node, "provider"), keyed_at(node, "request"))
        else {
            report.left_out(node.path(), "a relation without provider or request", "");
            continue;
        };
        if let Some(relation) = relation(node, report) {
            all.entry(provider).or_default().insert(request, relation);
        }
    }
    all
}

/// `None`: there are no appointments for it.
fn relation(node: &Node<'_>, report: &mut Report) -> Option<Relation> {
    let slots = node.number("slots").unwrap_or(1.0);
    if slots <= 0.0 || node.flag("bookable") == Some(false) {
        return None;
    }
    if slots.fract() != 0.0 {
        let problem = "a part of a slot, which is rounded; ZMS rounds the sum of a visit";
        report.changed(&node.below("slots"), problem, "");
    }
    let people = node.small::<u16>("maxQuantity").filter(|people| *people > 0);
    Some(Relation {
        // Within 1 to 48.
        slots: slots.round().clamp(1.0, 48.0) as u16,
        staff_only: node.flag("public") == Some(false),
        max_people: people.map(|people| people.min(MOST_PEOPLE)),
    })
}

/// The services that `done` names, with the commonest slots and the most people of their places.
pub(super) fn services(
    found: &Found<'_>,
    done: &[&BTreeMap<Key, Relation>],
    today: Date,
    report: &mut Report,
) -> BTreeMap<Key, Service> {
    let wanted: BTreeSet<&Key> = done.iter().flat_map(|relations| relations.keys()).collect();
    let mut ids = Ids::default();
    let mut names = BTreeSet::new();
    let mut services = BTreeMap::new();
    for (key, node) in &found.requests {
        if !wanted.contains(key) {
            report.left_out(node.path(), "a request that no imported scope does", "");
            continue;
        }
        let Some(name) = own_name(node, &mut names, report) else { continue };
        let relations: Vec<Relation> =
            done.iter().filter_map(|all| all.get(key).copied()).collect();
        let mut service = service(node, today, report);
        service.id = ids.take(&name, &format!("dienstleistung-{}", key.1));
        service.name.insert(Language::German, name);
        service.slots = Some(commonest(&relations));
        service.max_people = relations.iter().filter_map(|relation| relation.max_people).max();
        service.notes = vec![format!("ZMS request {} ({})", key.1, key.0)];
        services.insert(key.clone(), service);
    }
    for key in wanted.into_iter().filter(|key| !found.requests.contains_key(*key)) {
        let path = format!("request {} ({})", key.1, key.0);
        let remedy = "add the answer of GET /source/SOURCE/?resolveReferences=2 and import again";
        report.missing(&path, "a scope does it, and no file says what it is", remedy);
    }
    services
}

/// The request's own fields win over its record of the service database.
fn service(node: &Node<'_>, today: Date, report: &mut Report) -> Service {
    let mut service = match node.get("data") {
        Some(record) if record.value().is_object() => {
            dldb::service(&record, Language::German, today, report)
        }
        _ => Service::default(),
    };
    service.number = dldb::number(node).or(service.number);
    // ZMS says so where it knows no topic.
    service.group = node.text("group").filter(|group| group != "Sonstiges").or(service.group);
    service
}

/// Names are unique: of variants each says what it is. `None` without one, which is reported.
fn own_name(node: &Node<'_>, names: &mut BTreeSet<String>, report: &mut Report) -> Option<String> {
    let Some(plain) = node.text("name").and_then(|name| paragraph(&name)) else {
        report.left_out(node.path(), "a request without a name", "");
        return None;
    };
    let variant = node.small::<usize>("variant_id");
    if let Some(variant) = variant.and_then(|id| VARIANTS.get(id.checked_sub(1)?)) {
        let problem = format!("a variant ({variant}), which is a service of its own");
        report.changed(node.path(), problem, "let its name say what is special");
    }
    let mut name = plain.clone();
    let mut number = 2_u32;
    while !names.insert(name.clone()) {
        name = format!("{plain} ({number})");
        number += 1;
    }
    if name != plain {
        let remedy = "give each a name of its own";
        report.changed(&node.below("name"), "two services of one name", remedy);
    }
    Some(name)
}

/// Of equally common ones the smallest.
fn commonest(relations: &[Relation]) -> u16 {
    let mut counts = BTreeMap::<u16, usize>::new();
    for relation in relations {
        *counts.entry(relation.slots).or_default() += 1;
    }
    let most = counts.values().max().copied().unwrap_or_default();
    counts.into_iter().find(|(_, count)| *count == most).map_or(1, |(slots, _)| slots)
}

/// A text of an office as German words.
pub(super) fn text(node: &Node<'_>, key: &str) -> Option<crate::words::Words> {
    Some(german(paragraph(&node.text(key)?)?))
}
