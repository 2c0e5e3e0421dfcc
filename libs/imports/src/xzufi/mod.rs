//! XZuFi 2.2: descriptions of services, as the FIM portal and the Länder's editors exchange them.
//!
//! It has texts and no appointments: places and slots come from ZMS or a service database, and this
//! is laid over them by the LeiKa key.
//!
//! XZuFi is the exchange format of the federal information management (FIM) for services, forms and
//! offices. The elements that are read here: `leistung` with `id`, `referenzLeiKa`, `modulText`
//! (texts by LeiKa module number), `modulKosten`, `modulBearbeitungsdauer`, `modulBegriffImKontext`
//! (synonyms) and `weiterfuehrenderLink`. Namespaces differ by version, so elements are found by
//! their local names.

mod document;
mod service;

use std::collections::BTreeSet;

use jiff::civil::Date;
use roxmltree::{Document, Node};

use self::{
    document::{is, parse},
    service::service,
};
use crate::{
    ImportError, Imported, encoding::tell_encoded_twice, model::Offer, report::Report, slug::Ids,
};

/// Elements of a message that say nothing about texts of services.
const NOT_SERVICES: [(&str, &str); 3] = [
    (
        "organisationseinheit",
        "an organisation with its responsibilities: places come from ZMS or the service database",
    ),
    ("onlinedienst", "an online service: write `online` at its service"),
    ("spezialisierung", "a regional version of a service"),
];

/// Reads messages, each `(file name, text)`.
///
/// `page` is the web page that the descriptions are from, for services that link to none: what
/// people read of fees and durations names its source. `today` is the day of descriptions that do
/// not say when they were changed.
///
/// # Errors
/// A file is no XML, has a document type, is too large or too deep; there is no service in them.
pub fn read(
    files: &[(&str, &str)],
    page: Option<&str>,
    today: Date,
) -> Result<Imported, ImportError> {
    let mut offer = Offer::default();
    let mut report = Report::default();
    let mut ids = Ids::default();
    let mut names = BTreeSet::new();
    for (file, text) in files {
        tell_encoded_twice(file, text, &mut report);
        let document = parse(file, text)?;
        if let Some(version) = other_version(&document) {
            let problem = format!("XZuFi {version}, read as 2.2: what is new in it is left out");
            report.changed(file, problem, "compare some services with their source");
        }
        for node in document.descendants().filter(|node| is(*node, "leistung")) {
            if !has_texts(node) {
                continue;
            }
            let Some((key, mut service)) = service(file, node, page, today, &mut report) else {
                continue;
            };
            let name = service.name.values().next().cloned().unwrap_or_default();
            if !names.insert(name.clone()) {
                report.left_out(
                    &format!("{file}: leistung {key}"),
                    "a second service of one name",
                    "",
                );
                continue;
            }
            service.id = ids.take(&name, "leistung");
            offer.services.insert(key, service);
        }
        for (name, what) in NOT_SERVICES {
            for node in document.descendants().filter(|node| is(*node, name)) {
                let at = document.text_pos_at(node.range().start);
                report.left_out(&format!("{file}: {name} in line {}", at.row), what, "");
            }
        }
    }
    if offer.services.is_empty() {
        let files = files.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let remedy = "give a message of XZuFi 2.2 with `leistung`, as …/leika/xzufi answers";
        return Err(ImportError::Nothing { what: "service (leistung) with a name", files, remedy });
    }
    Ok(Imported { offer, report, appointments: 0 })
}

/// The version of a message's namespace, if it is not 2.2.
fn other_version(document: &Document<'_>) -> Option<String> {
    let mut namespaces = document.descendants().filter_map(|node| node.tag_name().namespace());
    let version = namespaces.find_map(|uri| Some(uri.split_once("/xzufi/")?.1))?;
    (!version.starts_with("2_2")).then(|| version.replace('_', "."))
}

/// A mere reference to a service has none.
fn has_texts(node: Node<'_, '_>) -> bool {
    node.children().any(|child| is(child, "modulText"))
}
