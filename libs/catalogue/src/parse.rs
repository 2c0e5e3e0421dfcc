//! From a Helm values file to a catalogue.
//!
//! Three layers of mistakes, each with the path of the value: the text is no YAML, it does not
//! fit the types, it contradicts itself. The first two stop at the first mistake, as serde
//! does; of contradictions all are listed, so that an admin corrects them in one go. All of
//! them are [`Finding`]s.

use std::fmt;

use booking::rules::Finding;
use serde_norway::{Mapping, Value};

use crate::{Catalogue, overlay::overlay, validate::validate};

/// The key of a values file under which the catalogue stands.
const KEY: &str = "catalogue";

/// A catalogue cannot be used. Prints one line per mistake:
/// `file: path: what is wrong; what would be right`.
///
/// A service that gets one at its start does not start; one that gets it from an edit keeps the
/// catalogue that it has, and says why in its log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct CatalogueError {
    /// The file.
    ///
    /// Several names are joined by ` + `.
    pub source_name: String,
    /// Every mistake found; at least one.
    pub findings: Vec<Finding>,
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.findings.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(f, "{line_break}{}: {}", self.source_name, line(finding))?;
        }
        Ok(())
    }
}

/// A finding as one line: `path: what is wrong; what would be right`.
///
/// An empty path or remedy leaves no separator behind.
#[must_use]
pub fn line(finding: &Finding) -> String {
    let Finding { path, problem, remedy } = finding;
    let prefix = if path.is_empty() { String::new() } else { format!("{path}: ") };
    let suffix = if remedy.is_empty() { String::new() } else { format!("; {remedy}") };
    format!("{prefix}{problem}{suffix}")
}

impl Catalogue {
    /// Reads the catalogue from a Helm values file: what stands under its key `catalogue`. The
    /// rest of the file is the chart's. `source_name` is what messages call the text.
    ///
    /// # Errors
    /// It is not YAML, does not fit, or contradicts itself; all contradictions are listed.
    ///
    /// YAML with anchors and merge keys; unknown keys are refused below `catalogue`, and are
    /// none of our business elsewhere.
    pub fn parse(source_name: &str, yaml: &str) -> Result<Self, CatalogueError> {
        Self::parse_overlaid(&[(source_name, yaml)])
    }

    /// Reads several values files, each `(source name, text)`, laid over each other in this order
    /// as Helm does it with `-f a -f b`.
    ///
    /// # Errors
    /// As [`Catalogue::parse`].
    ///
    /// A mistake in the YAML names its file; any other names all of them, since the value may
    /// come from each.
    pub fn parse_overlaid(files: &[(&str, &str)]) -> Result<Self, CatalogueError> {
        let mut values = Value::Mapping(Mapping::new());
        for (source_name, yaml) in files {
            let read = read(yaml).map_err(|finding| refuse(source_name, vec![finding]))?;
            values = overlay(values, read);
        }
        let names: Vec<&str> = files.iter().map(|(source_name, _)| *source_name).collect();
        let source_name = names.join(" + ");
        let catalogue =
            from_values(&values).map_err(|finding| refuse(&source_name, vec![finding]))?;
        let findings = validate(&catalogue);
        if findings.is_empty() { Ok(catalogue) } else { Err(refuse(&source_name, findings)) }
    }
}

fn refuse(source_name: &str, findings: Vec<Finding>) -> CatalogueError {
    CatalogueError { source_name: source_name.to_owned(), findings }
}

/// A values file as it stands.
///
/// An empty file is an empty map, as it is for Helm.
///
/// # Errors
/// It is not YAML, or neither empty nor a map.
pub(crate) fn read(yaml: &str) -> Result<Value, Finding> {
    let not_yaml = |error: serde_norway::Error| {
        Finding::new("", format!("not valid YAML: {error}"), "correct the line that is named")
    };
    let mut values: Value = serde_norway::from_str(yaml).map_err(not_yaml)?;
    // Anchors and `<<` are how people avoid repeating opening hours.
    values.apply_merge().map_err(not_yaml)?;
    match values {
        Value::Null => Ok(Value::Mapping(Mapping::new())),
        values @ Value::Mapping(_) => Ok(values),
        _ => Err(Finding::new("", "not a values file", "write keys and values, see a preset")),
    }
}

/// # Errors
/// The key is missing, or something below it does not fit. The path has the words of the file.
fn from_values(values: &Value) -> Result<Catalogue, Finding> {
    let catalogue = values.get(KEY).cloned().ok_or_else(|| {
        Finding::new(KEY, "is missing", "put services and locations under this key")
    })?;
    serde_path_to_error::deserialize(catalogue).map_err(|error| {
        let path = match error.path().to_string().as_str() {
            "." => KEY.to_owned(),
            inner => format!("{KEY}.{inner}"),
        };
        Finding::new(path, plain(error.into_inner().to_string()), "")
    })
}

/// The reader's words for numbers mean nothing to an admin.
///
/// What it does not know stays as it is.
fn plain(reason: String) -> String {
    let words = [
        ("expected u8", "expected a whole number from 0 to 255"),
        ("expected u16", "expected a whole number from 0 to 65535"),
        ("expected u32", "expected a whole number from 0"),
    ];
    match words.iter().find_map(|(rust, word)| Some((reason.strip_suffix(rust)?, word))) {
        Some((start, word)) => format!("{start}{word}"),
        None => reason,
    }
}
