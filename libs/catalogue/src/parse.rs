//! From a Helm values file to a catalogue.
//!
//! Three layers of mistakes, each with the path of the value: the text is no YAML, it does not
//! fit the types, it contradicts itself. Of each layer all mistakes are listed, so that an admin
//! corrects them in one go. All of them are [`Finding`]s.

use std::fmt;

use booking::rules::Finding;
use serde_norway::{Mapping, Value};

use crate::{
    Catalogue,
    misread::misread,
    overlay::{overlay, without_null},
    validate::validate,
};

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
        let values = values(files)?;
        let names: Vec<&str> = files.iter().map(|(source_name, _)| *source_name).collect();
        let source_name = names.join(" + ");
        Self::from_values(&values).map_err(|findings| refuse(&source_name, findings))
    }

    /// Reads the catalogue from values that are laid over each other already: what stands under
    /// their key `catalogue`.
    ///
    /// # Errors
    /// Every place that does not fit, else every contradiction.
    pub fn from_values(values: &Value) -> Result<Self, Vec<Finding>> {
        let written = values.get(KEY).ok_or_else(|| {
            let remedy = "put services and locations under this key";
            vec![Finding::new(KEY, "is missing", remedy)]
        })?;
        let catalogue: Self = serde_path_to_error::deserialize(written.clone())
            .map_err(|error| misread(KEY, written, error))?;
        let findings = validate(&catalogue);
        if findings.is_empty() { Ok(catalogue) } else { Err(findings) }
    }
}

/// Values files, each `(source name, text)`, laid over each other in this order as Helm does it
/// with `-f a -f b`.
///
/// # Errors
/// One of them is no values file; the error names it.
pub fn values(files: &[(&str, &str)]) -> Result<Value, CatalogueError> {
    let mut values = Value::Mapping(Mapping::new());
    for (source_name, yaml) in files {
        let read = read(yaml).map_err(|finding| refuse(source_name, vec![finding]))?;
        values = overlay(values, read);
    }
    Ok(without_null(values))
}

/// All findings as one error, in the order in which they were found.
fn refuse(source_name: &str, findings: Vec<Finding>) -> CatalogueError {
    CatalogueError { source_name: source_name.to_owned(), findings }
}

/// A values file as it stands.
///
/// An empty file is an empty map, as it is for Helm.
///
/// # Errors
/// It is not YAML, or neither empty nor a map.
pub fn read(yaml: &str) -> Result<Value, Finding> {
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
