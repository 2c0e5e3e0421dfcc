//! Berlin's service database, as service.berlin.de exports it.
//!
//! `/export/dienstleistungen/json/` and `/export/standorte/json/`, each also below `/en/`. ZMS keeps
//! the same records under `data` of its requests and providers.
//!
//! Where services and places disagree about what is done where, the places are right: they are what
//! the offices keep up.

mod location;
mod service;

use jiff::{Timestamp, civil::Date};
use vocabulary::Language;

pub(crate) use self::{
    location::{place, position, postal_code},
    service::service,
};
use crate::{
    ImportError, Imported,
    encoding::tell_encoded_twice,
    json::{self, Node},
    model::{Offer, Page},
    report::Report,
    slug::Ids,
    words::Words,
};

/// The longest address of a page, in bytes, that a catalogue takes.
const LONGEST_URL: usize = 500;

/// Earlier days are slips.
const FIRST_YEAR: i16 = 1970;

/// Keys of ZMS's owners, departments, scopes, hours and processes, which no export has.
const ZMS_KEYS: [&str; 7] = [
    "organisations",
    "departments",
    "scopes",
    "shortName",
    "weekday",
    "workstationCount",
    "clients",
];

/// What an export is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A catalogue of its own: what it lacks is told, and services that no place does are left out.
    Catalogue,
    /// Texts for a catalogue that is there, with hours, desks and services of its own.
    Overlay,
}

/// Reads exports, each `(file name, text)`, in any order; those in English add English texts.
///
/// `today` is the date of facts whose record has none.
///
/// # Errors
/// A file is no complete export or from ZMS, or none of them has a service or a place.
pub fn read(
    files: &[(&str, &str)],
    today: Date,
    purpose: Purpose,
) -> Result<Imported, ImportError> {
    let mut values = Vec::new();
    for (name, text) in files {
        values.push((*name, json::parse(name, text)?));
    }
    let mut roots: Vec<Node<'_>> =
        values.iter().map(|(name, value)| Node::root(name, value)).collect();
    // German first: other languages add to it.
    roots.sort_by_key(|root| language(root) != Language::German);
    let mut reading =
        Reading { offer: Offer::default(), report: Report::default(), ids: Ids::default(), today };
    for (name, text) in files {
        tell_encoded_twice(name, text, &mut reading.report);
    }
    for root in &roots {
        complete(root)?;
        let language = language(root);
        for record in root.items("data") {
            reading.record(&record, language);
        }
    }
    let Reading { mut offer, mut report, .. } = reading;
    if offer.services.is_empty() && offer.places.is_empty() {
        let files = files.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let remedy = "give what /export/dienstleistungen/json/ and /export/standorte/json/ answer";
        return Err(ImportError::Nothing { what: "service and no place", files, remedy });
    }
    if purpose == Purpose::Catalogue {
        settle(&mut offer, &mut report);
    }
    Ok(Imported { offer, report, appointments: 0 })
}

/// What has been read so far. German files come first, since the others add to what is there.
struct Reading {
    offer: Offer,
    report: Report,
    ids: Ids,
    today: Date,
}

impl Reading {
    /// A place has an address or says by `false` that it has none; whatever else has a name is a
    /// service.
    fn record(&mut self, record: &Node<'_>, language: Language) {
        let Some(key) = record.text("id") else {
            return self.report.left_out(record.path(), "a record without id", "");
        };
        let is_place = record.value().get("address").is_some() || record.has("opening_times");
        if is_place && language == Language::German {
            let ids = &mut self.ids;
            let place = place(record, &mut self.report, |name| ids.take(name, "standort"));
            if let Some(place) = place {
                self.offer.places.insert(key, place);
            }
        } else if !is_place {
            let mut service = service(record, language, self.today, &mut self.report);
            if language == Language::German {
                let Some(name) = service.name.get(&Language::German) else {
                    return self.report.left_out(record.path(), "a service without a name", "");
                };
                service.id = self.ids.take(name, "dienstleistung");
                self.offer.services.insert(key, service);
            } else if let Some(known) = self.offer.services.get_mut(&key) {
                translate(known, &service);
            }
        }
    }
}

/// Takes over what really is another text: the flag `translated` is often wrong.
///
/// `known` is the German record, `other` the same record in another language. Texts that equal the
/// German ones are no translation.
fn translate(known: &mut crate::model::Service, other: &crate::model::Service) {
    add(&mut known.name, &other.name);
    let texts = [
        (&mut known.description, &other.description),
        (&mut known.fee, &other.fee),
        (&mut known.duration, &other.duration),
    ];
    for (known, other) in texts {
        if let (Some(known), Some(other)) = (known, other) {
            add(known, other);
        }
    }
    let lists = [
        (&mut known.documents, &other.documents),
        (&mut known.prerequisites, &other.prerequisites),
    ];
    for (known, other) in lists {
        // Lists of different length cannot be paired.
        if known.len() == other.len() {
            known.iter_mut().zip(other).for_each(|(known, other)| add(known, other));
        }
    }
}

/// A text that equals the German one is not taken: the portal would show it as a translation.
fn add(known: &mut Words, other: &Words) {
    for (language, text) in other {
        if known.get(&Language::German) != Some(text) {
            known.insert(*language, text.clone());
        }
    }
}

/// Services that no place does and hours that the export does not have.
fn settle(offer: &mut Offer, report: &mut Report) {
    for place in offer.places.values_mut() {
        place.services.retain(|key, _| offer.services.contains_key(key));
        let path = format!("catalogue.locations.{}", place.id);
        let remedy = "write `desks` and `opening`, or import them from ZMS";
        let problem = "the service database has no appointment hours and no desks: `desks: 1` \
                       stands for them";
        report.missing(&path, problem, remedy);
    }
    if offer.places.is_empty() {
        return;
    }
    let done = |key: &String| offer.places.values().any(|place| place.services.contains_key(key));
    let unused: Vec<String> = offer.services.keys().filter(|key| !done(key)).cloned().collect();
    for key in unused {
        report.left_out(
            &format!("service {key}"),
            "no place of the files gives appointments for it",
            "",
        );
        offer.services.remove(&key);
    }
}

/// Refuses an error message and a list that was cut off.
///
/// The export says how many records it has (`datacount`). A download that was cut off would
/// otherwise lose offices without a word.
fn complete(root: &Node<'_>) -> Result<(), ImportError> {
    if root.flag("error") == Some(true) {
        return Err(ImportError::IsError { path: root.path().to_owned() });
    }
    let records = root.items("data");
    let of_zms = |record: &&Node<'_>| ZMS_KEYS.iter().any(|key| record.has(key));
    if let Some(record) = records.iter().find(of_zms) {
        return Err(ImportError::IsZms { path: record.path().to_owned() });
    }
    let found = records.len();
    match root.small::<usize>("datacount") {
        Some(stated) if stated != found => {
            Err(ImportError::Incomplete { path: root.path().to_owned(), stated, found })
        }
        _ => Ok(()),
    }
}

/// The export says it in `locale`; German where it says nothing.
fn language(root: &Node<'_>) -> Language {
    match root.text("locale").as_deref() {
        Some("en") => Language::English,
        _ => Language::German,
    }
}

/// An address that the portal may link to. `None`: none is stated, or it is no web page, which is
/// reported.
pub(crate) fn web_page(url: Option<String>, path: &str, report: &mut Report) -> Option<String> {
    let url = url?;
    let is_page = url.strip_prefix("https://").is_some_and(|rest| !rest.is_empty())
        && url.len() <= LONGEST_URL
        && url.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte));
    if !is_page {
        let remedy = "write an address that begins with https://";
        report.left_out(path, "a link that is no https page", remedy);
    }
    is_page.then_some(url)
}

/// The page that a record is from, with its day.
fn page(record: &Node<'_>, today: Date, report: &mut Report) -> Option<Page> {
    let meta = record.get("meta");
    let changed = meta.as_ref().and_then(changed);
    let stated = meta.and_then(|meta| meta.text("url")).filter(|url| url.starts_with("https://"));
    let url = match stated {
        Some(url) => url,
        None => format!("https://service.berlin.de/dienstleistung/{}/", number(record)?),
    };
    let url = web_page(Some(url), record.path(), &mut Report::default())?;
    if changed.is_none() {
        no_day(&record.below("meta.lastupdate"), report);
    }
    Some(Page { url, as_of: changed.unwrap_or(today).to_string() })
}

/// Tells that the day of the import stands for the day of a change.
pub(crate) fn no_day(path: &str, report: &mut Report) {
    let problem = "facts without the day of their last change: `asOf` is the day of the import";
    report.changed(path, problem, "look whether they still hold, or name another day by --today");
}

/// Unix seconds, or a text that begins with a day.
fn changed(meta: &Node<'_>) -> Option<Date> {
    let text = meta.text("lastupdate")?;
    let day: Date = match text.parse() {
        Ok(seconds) => ambient::berlin().to_datetime(Timestamp::from_second(seconds).ok()?).date(),
        Err(_) => text.get(..10)?.parse().ok()?,
    };
    (day.year() >= FIRST_YEAR).then_some(day)
}

/// An id that is a number, as Berlin's catalogues have it.
pub(crate) fn number(record: &Node<'_>) -> Option<String> {
    record.text("id").filter(|id| id.len() <= 20 && id.bytes().all(|byte| byte.is_ascii_digit()))
}
