//! What a schema cannot say: a catalogue that works and is probably not meant so.
//!
//! To add a check, write a function from the catalogue to its findings in the file where it
//! belongs and name it in [`check`]. Contradictions, with which a catalogue cannot work at all,
//! belong to `validate/`.
//!
//! A service does not ask for findings and starts with them; `fairtermin check` fails on them,
//! so that a pipeline can demand a catalogue without any. So a check must be right nearly
//! always: an admin who cannot get rid of a finding stops reading them.

mod closures;
mod opening;
mod services;
mod texts;

use booking::rules::Finding;

use crate::{Catalogue, CatalogueError, parse::read};

/// Everything about `catalogue` that is allowed and probably not meant.
///
/// Texts first, then services, then each location, in the order of their ids.
#[must_use]
pub fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut found = texts::check(catalogue);
    found.extend(services::check(catalogue));
    for (id, location) in catalogue.locations() {
        let path = format!("catalogue.locations.{id}");
        found.extend(opening::check(location, &path));
        found.extend(closures::check(catalogue, location, &path));
    }
    found
}

/// Every mistake in a values file: what makes it unusable, else what is probably not meant.
///
/// If it is unusable, only that is said: remarks on a broken catalogue would mislead.
#[must_use]
pub fn check_text(source_name: &str, yaml: &str) -> Vec<Finding> {
    findings(Catalogue::parse(source_name, yaml))
}

/// Every mistake in values files, each `(source name, text)`, with the files that it is about.
///
/// As with Helm's `-f a -f b`, a file lies over the ones before it. A file with another
/// `catalogue.authority.id` begins anew, so that several authorities can be checked at once.
///
/// Files of one authority must stand together. A file that names no authority belongs to those
/// before it, or, at the beginning, to the first that does.
#[must_use]
pub fn check_files(files: &[(&str, &str)]) -> Vec<(String, Finding)> {
    let mut found = Vec::new();
    for together in by_authority(files) {
        let names: Vec<&str> = together.iter().map(|(source_name, _)| *source_name).collect();
        let mistakes = findings(Catalogue::parse_overlaid(together));
        found.extend(mistakes.into_iter().map(|finding| (names.join(" + "), finding)));
    }
    found
}

/// Either list, in one form.
fn findings(parsed: Result<Catalogue, CatalogueError>) -> Vec<Finding> {
    match parsed {
        Ok(catalogue) => check(&catalogue),
        Err(error) => error.findings,
    }
}

/// Cuts the list where the authority changes; the order stays.
fn by_authority<'a, 'b>(files: &'b [(&'a str, &'a str)]) -> Vec<&'b [(&'a str, &'a str)]> {
    let (mut groups, mut start, mut current) = (Vec::new(), 0, None);
    for (index, (_, yaml)) in files.iter().enumerate() {
        let Some(authority) = authority_of(yaml) else { continue };
        if current.as_ref().is_some_and(|current| *current != authority) {
            groups.push(&files[start..index]);
            start = index;
        }
        current = Some(authority);
    }
    groups.push(&files[start..]);
    groups
}

/// `None` also if the file cannot be read: reading it again later says why.
fn authority_of(yaml: &str) -> Option<String> {
    let values = read(yaml).ok()?;
    let id = values.get("catalogue")?.get("authority")?.get("id")?;
    Some(id.as_str()?.to_owned())
}
