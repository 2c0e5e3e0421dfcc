//! A service as it stands in a values file.
//!
//! Facts about which people rely (fee, duration, online way) are written only with the page that
//! states them: a catalogue refuses them without a source.

use serde_norway::Value;

use super::yaml::{Map, value};
use crate::{
    model::{Page, Service},
    words::Words,
};

/// Everything that the source says about it, without `group`.
pub(super) fn texts(service: &Service) -> Map {
    let source = service.page.as_ref().map(source);
    let stated = |words: &Option<Words>| {
        let (text, source) = (words.as_ref()?, source.clone()?);
        Some(Map::default().with("text", value(text)).with("source", source))
    };
    let online = || {
        let (url, source) = (service.online.as_ref()?, source.clone()?);
        Some(Map::default().with("url", url.as_str()).with("source", source))
    };
    let all = |words: &[Words]| words.iter().map(value).collect::<Vec<Value>>();
    let forms = service.forms.iter().map(|form| {
        Map::default().with("name", value(&form.name)).with("url", form.url.as_str()).into()
    });
    let documents_from = source.clone().filter(|_| !service.documents.is_empty());
    Map::default()
        .with_some("description", service.description.as_ref().map(value))
        .with_all("prerequisites", all(&service.prerequisites))
        .with_all("documents", all(&service.documents))
        .with_some("documentsFrom", documents_from)
        .with_all("forms", forms.collect())
        .with_some("fee", stated(&service.fee))
        .with_some("duration", stated(&service.duration))
        .with_some("online", online())
        .with_some("link", source)
        .with_some("keywords", (!service.keywords.is_empty()).then(|| value(&service.keywords)))
}

/// The page and the day of its last change, as a catalogue writes a source.
fn source(page: &Page) -> Value {
    Map::default().with("url", page.url.as_str()).with("asOf", page.as_of.as_str()).into()
}

/// The whole entry. `group` is the id of its group.
pub(super) fn entry(service: &Service, group: &str) -> Map {
    let rules = service
        .max_people
        .filter(|people| *people > 1)
        .map(|people| Map::default().with("partySize", Map::default().with("max", people)));
    let mut map = Map::default()
        .with_some("number", service.number.as_deref())
        .with_some("leika", service.leika.as_deref())
        .with("name", value(&service.name));
    for (key, text) in texts(service).into_entries() {
        map = map.with(&key, text);
    }
    map.with("group", group)
        .with("slots", service.slots.unwrap_or(1))
        .with_some("rules", rules)
        .with_some("remindHoursBefore", service.remind_hours_before.map(|hours| vec![hours]))
}
