//! Imports against the traps of their sources. All samples are made up.

mod appointments;
mod dldb;
mod dump;
mod junk;
mod losses;
mod source;
mod xzufi;
mod zms;
mod zms_rows;

use catalogue::Catalogue;
use imports::{Heading, Imported, values};
use jiff::civil::Date;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// A Monday.
fn today() -> Date {
    date("2027-01-04")
}

/// The values file of an import.
fn text(imported: &Imported) -> String {
    let authority = "amt".parse().unwrap();
    let heading =
        Heading { authority: &authority, name: Some("Amt"), command: "import", files: &["a.json"] };
    values(&imported.offer, &heading)
}

/// The catalogue of an import, which must be one without any finding.
fn catalogue(imported: &Imported) -> Catalogue {
    let text = text(imported);
    let catalogue =
        Catalogue::parse("values.yaml", &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let found = catalogue::check(&catalogue);
    assert!(found.is_empty(), "{found:?}\n{text}");
    catalogue
}

/// Whether the report has an entry with these words at a path with these.
fn told(imported: &Imported, problem: &str, path: &str) -> bool {
    let entries = imported.report.entries();
    let is_meant = |entry: &imports::Entry| {
        entry.problem.contains(problem) && entry.paths.iter().any(|one| one.contains(path))
    };
    entries.iter().any(is_meant)
}
