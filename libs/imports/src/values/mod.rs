//! What was read, as a values file: `catalogue:` with comments that say where each entry is from.
//!
//! The file is written once and belongs to the admin from then on, so it is made to be read: in the
//! order in which people think (authority, groups, services, locations), with defaults left out and
//! with comments. Text is built line by line, since no YAML library writes comments.

mod overlay;
mod place;
mod service;
mod yaml;

use std::collections::BTreeMap;

use catalogue::Holidays;
use ids::AuthorityId;
use serde_norway::Value;

use self::yaml::{Map, Page, value};
pub use self::{overlay::overlay, yaml::as_yaml};
use crate::{model::Offer, slug::Ids, words::german};

/// The group of services that have no topic.
const NO_TOPIC: &str = "Allgemein";

/// The authority of the new catalogue, and the sources that were read.
#[derive(Debug, Clone)]
pub struct Heading<'a> {
    /// The authority's id.
    pub authority: &'a AuthorityId,
    /// Its name; without one that of the source.
    pub name: Option<&'a str>,
    /// The command that wrote it, for example `fairtermin import zms`.
    pub command: &'a str,
    /// The files that were read.
    pub files: &'a [&'a str],
}

/// The whole catalogue as a values file.
///
/// German is its only language until an admin adds others to `languages`. The same offer gives the
/// same bytes: maps are sorted.
#[must_use]
pub fn values(offer: &Offer, heading: &Heading<'_>) -> String {
    let mut page = Page::default();
    let authority = heading.authority;
    let name = heading.name.or(offer.name.as_deref()).unwrap_or(authority.as_str());
    page.comment(
        0,
        &format!("What {name} offers. `{}` wrote this file; it is yours now.", heading.command),
    );
    page.comment(0, &format!("Read: {}", heading.files.join(", ")));
    page.comment(0, "\nNext:\n  fairtermin check platform.yaml THIS-FILE\n  fairtermin preview THIS-FILE --location … --service … --from … --to …\n\nEvery key is explained in the chart's VALUES.md. What was not carried over is in the report.");
    page.entry(0, "slot", Map::default().with("enabled", true));
    page.line();
    page.key(0, "catalogue");
    page.comment(2, "The id never changes: bookings, tokens and pseudonyms hang on it.");
    page.entry(2, "authority", authority_map(offer, authority, name));
    holidays(&mut page, offer);
    let groups = Groups::of(offer);
    page.line();
    page.comment(2, "One person has at most one appointment in a group.");
    page.entry(2, "groups", groups.map());
    page.line();
    services(&mut page, offer, &groups);
    if let Some(closures) = place::closures(&offer.closures) {
        page.line();
        page.comment(2, "Days on which all are closed. Public holidays need not be listed.");
        page.entry(2, "closures", closures);
    }
    page.line();
    places(&mut page, offer);
    page.into_text()
}

/// Contact and hold time are left out where the source has none; the catalogue's defaults hold
/// then.
fn authority_map(offer: &Offer, authority: &AuthorityId, name: &str) -> Map {
    let contact = Map::default()
        .with_some("phone", offer.contact.phone.as_deref())
        .with_some("email", offer.contact.email.as_deref())
        .with_some("web", offer.contact.web.as_deref());
    Map::default()
        .with("id", authority.as_str())
        .with("name", value(&german(name)))
        .with("languages", vec!["de"])
        .with_some("contact", contact.filled())
        .with_some("holdMinutes", offer.hold_minutes)
}

/// Left out where the catalogue's default says the same.
fn holidays(page: &mut Page, offer: &Offer) {
    let kept = offer.holidays.map_or_else(Holidays::default, Holidays::Of);
    if kept != Holidays::default() {
        page.line();
        page.comment(2, "The federal state whose public holidays are closed.");
        page.entry(2, "holidays", value(&kept));
    }
}

/// The ids of topics.
///
/// A group is what "one active booking per person" is counted in. The topics of the source are the
/// best guess; the admin should look at them first.
struct Groups(BTreeMap<String, String>);

impl Groups {
    fn of(offer: &Offer) -> Self {
        let mut ids = Ids::default();
        let mut groups = BTreeMap::new();
        for service in offer.services.values() {
            let name = service.group.as_deref().unwrap_or(NO_TOPIC);
            if !groups.contains_key(name) {
                groups.insert(name.to_owned(), ids.take(name, "gruppe"));
            }
        }
        Self(groups)
    }

    fn id(&self, name: Option<&str>) -> &str {
        self.0.get(name.unwrap_or(NO_TOPIC)).map_or("allgemein", String::as_str)
    }

    fn map(&self) -> Map {
        self.0.iter().fold(Map::default(), |map, (name, id)| {
            map.with(id, Map::default().with("name", value(&german(name.as_str()))))
        })
    }
}

/// Each with a comment that says where it stood in the source, so that an admin can compare.
fn services(page: &mut Page, offer: &Offer, groups: &Groups) {
    if offer.services.is_empty() {
        return page.entry(2, "services", Map::default());
    }
    page.key(2, "services");
    for service in offer.services.values() {
        page.comment(4, &service.notes.join("\n"));
        page.entry(4, &service.id, service::entry(service, groups.id(service.group.as_deref())));
    }
}

/// Each with a comment that says which scope or record it was.
fn places(page: &mut Page, offer: &Offer) {
    if offer.places.is_empty() {
        return page.entry(2, "locations", Map::default());
    }
    page.key(2, "locations");
    for place in offer.places.values() {
        page.comment(4, &place.notes.join("\n"));
        page.entry(4, &place.id, place::entry(place, offer));
    }
}

/// Appointments of the other system as a values file of its own, to be laid over the catalogue
/// until they are over. `None` if there are none.
///
/// A file of its own because it has another life: it is written anew all through the parallel
/// phase, while the catalogue is edited by hand.
#[must_use]
pub fn closed_times(offer: &Offer) -> Option<String> {
    let mut page = Page::default();
    page.comment(
        0,
        "Appointments of the system before, as closed time at single desks, without names.",
    );
    page.comment(0, "Give it to helm and check after the catalogue (-f catalogue.yaml -f THIS-FILE),\nwrite it anew whenever appointments change there, and drop it when the last is over.");
    page.key(0, "catalogue");
    page.key(2, "locations");
    let mut found = false;
    for place in offer.places.values().filter(|place| !place.closed_times.is_empty()) {
        found = true;
        page.key(4, &place.id);
        page.key(6, "closedTimes");
        for (date, times) in &place.closed_times {
            let times: Vec<Value> = times.iter().map(value).collect();
            page.entry(8, &date.to_string(), times);
        }
    }
    found.then(|| page.into_text())
}
