//! Service settings, read once at start.
//!
//! One YAML file, then environment variables `PREFIX__SECTION__KEY=value` on top. Every settings
//! struct uses `#[serde(deny_unknown_fields)]`, so a misspelt key is an error and not a silent
//! default. An error names the file, the path within it, what stands there and what is allowed.
//!
//! ```
//! #[derive(serde::Deserialize, Debug)]
//! #[serde(deny_unknown_fields)]
//! struct Http { port: u16 }
//! let error = settings::parse_yaml::<Http>("slot.yaml", "port: eighty").unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "slot.yaml: port: invalid type: string \"eighty\", expected u16"
//! );
//! ```
//!
//! Not here: which settings there are (each service's `settings.rs`, the shared sections in
//! `libs/service`) and what authorities configure (the catalogue, which can change while a
//! service runs). Settings are read once; a change takes a restart.
//!
//! # Where to change what
//!
//! | you want | look at |
//! |---|---|
//! | a further key | the `settings.rs` of its service; then `make schema` |
//! | the schema of a type of another crate (address, socket) | `schema.rs` |
//! | what a variable of the environment may set | `overrides.rs` |
//! | how secrets are written and read | `secret.rs` |
//! | the sentence about a wrong value | `error.rs` |

mod error;
mod overrides;
pub mod schema;
mod secret;

use std::path::Path;

pub use error::SettingsError;
pub use overrides::apply as apply_variables;
pub use secret::Secret;
use serde::de::DeserializeOwned;
use serde_norway::Value;

/// Reads `file` (if any) and applies the environment variables that start with `prefix` and `__`.
///
/// # Errors
/// The file cannot be read, is not YAML, or does not fit `T`.
///
/// Without a file the settings come from the environment alone. Variables win over the file;
/// the rest of the environment is not looked at. Two variables of which one names a part of the
/// other (`SLOT__HTTP`, `SLOT__HTTP__PORT`) come in no defined order: set one of them.
///
/// # Panics
/// The environment has a variable that is not Unicode (see [`std::env::vars`]).
pub fn load<T: DeserializeOwned>(file: Option<&Path>, prefix: &str) -> Result<T, SettingsError> {
    let (source, text) = match file {
        Some(path) => {
            let source = path.display().to_string();
            let text = std::fs::read_to_string(path).map_err(|cause| {
                SettingsError::Unreadable { source_name: source.clone(), cause }
            })?;
            (source, text)
        }
        None => ("environment".to_owned(), String::new()),
    };
    let mut document = parse_document(&source, &text)?;
    overrides::apply(&mut document, prefix, std::env::vars());
    from_document(&source, document)
}

/// Reads settings from YAML text. `source_name` is what error messages call the text.
///
/// # Errors
/// The text is not YAML or does not fit `T`.
///
/// The environment plays no part: for tests, and for documents that are no settings of a
/// process.
pub fn parse_yaml<T: DeserializeOwned>(source_name: &str, text: &str) -> Result<T, SettingsError> {
    from_document(source_name, parse_document(source_name, text)?)
}

/// Reads settings from a YAML value that was cut out of a larger document; `path` is where.
///
/// # Errors
/// The value does not fit `T`.
///
/// An empty `path` means the whole document. The path of an error is `path` with the place
/// inside `T` behind it: `clients[2].secret`.
pub fn from_value<T: DeserializeOwned>(
    source_name: &str,
    path: &str,
    value: Value,
) -> Result<T, SettingsError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let inner = error.path().to_string();
        // A key that could not be read has no name in a path; the reason says it.
        let inner = inner.trim_end_matches(".?").to_owned();
        let full = match (path, inner.as_str()) {
            ("", inner) => inner.to_owned(),
            (path, ".") => path.to_owned(),
            (path, inner) if inner.starts_with('[') => format!("{path}{inner}"),
            (path, inner) => format!("{path}.{inner}"),
        };
        SettingsError::Invalid {
            source_name: source_name.to_owned(),
            path: full,
            reason: without_value(error.into_inner().to_string()),
        }
    })
}

/// What stands where a section belongs may be the secret of that section: it is not repeated.
fn without_value(reason: String) -> String {
    const SECTIONS: [&str; 5] = ["struct ", "a map", "map", "a sequence", "a list"];
    let parts =
        reason.strip_prefix("invalid type: ").and_then(|rest| rest.rsplit_once(", expected "));
    let Some((found, expected)) = parts else { return reason };
    if !SECTIONS.iter().any(|section| expected.starts_with(section)) {
        return reason;
    }
    let kind = found.split(['"', '`']).next().unwrap_or_default().trim_end();
    format!("invalid type: {kind}, expected {expected}")
}

/// Reads YAML with anchors and merge keys (`<<`) resolved; JSON is YAML.
fn parse_document(source_name: &str, text: &str) -> Result<Value, SettingsError> {
    let mut document: Value = serde_norway::from_str(text).map_err(|error| {
        SettingsError::NotYaml { source_name: source_name.to_owned(), reason: error.to_string() }
    })?;
    // Anchors and `<<` are how people avoid repeating opening hours.
    document.apply_merge().map_err(|error| SettingsError::NotYaml {
        source_name: source_name.to_owned(),
        reason: error.to_string(),
    })?;
    Ok(document)
}

/// An empty document is an empty mapping, so that the error names the first missing field.
fn from_document<T: DeserializeOwned>(source: &str, document: Value) -> Result<T, SettingsError> {
    let document = match document {
        Value::Null => Value::Mapping(serde_norway::Mapping::new()),
        other => other,
    };
    from_value(source, "", document)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[expect(dead_code, reason = "only its type is tested")]
        database: Inner,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[expect(dead_code, reason = "only its type is tested")]
        connections: u8,
    }

    #[test]
    fn an_error_names_file_path_value_and_what_is_allowed() {
        let cases = [
            (
                "database: {connections: 300}",
                "s.yaml: database.connections: invalid value: integer `300`, expected u8",
            ),
            (
                "database: {conections: 3}",
                "s.yaml: database.conections: unknown field `conections`, expected `connections`",
            ),
            ("", "s.yaml: missing field `database`"),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_yaml::<Outer>("s.yaml", text).unwrap_err().to_string(), expected);
        }
        let broken = parse_yaml::<Outer>("s.yaml", "database: [").unwrap_err().to_string();
        assert!(broken.starts_with("s.yaml: not valid YAML: "), "{broken}");
    }

    #[test]
    fn what_stands_in_the_place_of_a_section_is_not_repeated() {
        for (text, kind) in
            [("'Geheim, expected x'", "string"), ("815", "integer"), ("8.15", "floating point")]
        {
            let text = format!("database: {text}");
            let error = parse_yaml::<Outer>("s.yaml", &text).unwrap_err().to_string();
            let expected = format!("s.yaml: database: invalid type: {kind}, expected struct Inner");
            assert_eq!(error, expected);
        }
    }

    #[test]
    fn a_missing_file_says_which() {
        let error = load::<Outer>(Some(Path::new("/nowhere/s.yaml")), "T").unwrap_err().to_string();
        assert!(error.starts_with("/nowhere/s.yaml: cannot be read"), "{error}");
    }
}
