//! What a schema cannot say: a catalogue that works and is probably not meant so.
//!
//! To add a check, write a function from the catalogue to its findings in the file where it
//! belongs and name it in [`check`]. Contradictions, with which a catalogue cannot work at all,
//! belong to `validate.rs`.

mod closures;
mod opening;
mod services;
mod texts;

use booking::rules::Finding;

use crate::Catalogue;

/// Everything about `catalogue` that is allowed and probably not meant.
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
#[must_use]
pub fn check_text(source_name: &str, yaml: &str) -> Vec<Finding> {
    match Catalogue::parse(source_name, yaml) {
        Ok(catalogue) => check(&catalogue),
        Err(error) => error.findings,
    }
}
