//! Environment variables on top of the file.
//!
//! Two underscores separate levels, since one stands within names:
//! `SLOT__RETURNING__AFTER_HOLD_SECONDS` is `returning.after_hold_seconds`. All letters become
//! lower case, so only keys in snake case can be set. Elements of a list cannot be set one by
//! one: give the whole list as YAML (`[a, b]`).

use serde_norway::{Mapping, Value};

/// Sets `section.key` for every variable `PREFIX__SECTION__KEY`. The value is read as YAML, so
/// that numbers and lists work; what is not YAML is taken as text.
///
/// `SLOT__NAME=815` is therefore a number; quote it (`"815"`) if a text is meant. A variable
/// that names a section replaces it as a whole. [`load`](crate::load) does it with the environment.
/// Checks of settings before a process runs do it with the environment that it will have.
pub fn apply(
    document: &mut Value,
    prefix: &str,
    variables: impl Iterator<Item = (String, String)>,
) {
    for (name, text) in variables {
        let Some(path) = name.strip_prefix(prefix).and_then(|rest| rest.strip_prefix("__")) else {
            continue;
        };
        let value = serde_norway::from_str(&text).unwrap_or(Value::String(text));
        set(document, path.split("__").map(str::to_lowercase), value);
    }
}

/// Walks down, making maps on the way; what is no map is replaced by one.
fn set(document: &mut Value, mut path: impl Iterator<Item = String>, value: Value) {
    let Some(key) = path.next() else {
        *document = value;
        return;
    };
    if !document.is_mapping() {
        *document = Value::Mapping(Mapping::new());
    }
    if let Value::Mapping(mapping) = document {
        set(mapping.entry(Value::String(key)).or_insert(Value::Null), path, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_replaces_one_key_and_leaves_the_others() {
        let mut document: Value = serde_norway::from_str("http: {port: 1, host: a}").unwrap();
        let variables =
            [("SLOT__HTTP__PORT", "8080"), ("SLOT__NAME", "x: y: z"), ("OTHER__HTTP__HOST", "b")];
        apply(&mut document, "SLOT", variables.iter().map(|(k, v)| (k.to_string(), v.to_string())));
        assert_eq!(document["http"]["port"], 8080);
        assert_eq!(document["http"]["host"], "a");
        assert_eq!(document["name"], "x: y: z");
    }
}
