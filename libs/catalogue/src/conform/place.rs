//! What a schema says of one place in a document: whether its value may be shown.
//!
//! For commands that show an admin the values of a file, such as what changed between two of them:
//! what is no part of the schema, or marked as a secret, is not printed.

use regex_lite::Regex;
use serde_json::{Map, Value};

use super::allows;

/// The schema of a place that may hold anything.
static FREE: Value = Value::Bool(true);

/// A place in a document, with what its schema says of it.
#[derive(Debug, Clone)]
pub struct Place<'s> {
    root: &'s Value,
    /// Each schema that a value here may follow. None: the schema does not know the place.
    alternatives: Vec<&'s Value>,
    /// Whether it is, or lies in, what the schema marks with `writeOnly`.
    is_secret: bool,
}

impl<'s> Place<'s> {
    /// The whole document. References of the schema are local (`#/$defs/...`).
    #[must_use]
    pub fn whole(schema: &'s Value) -> Self {
        Self::of(schema, vec![schema], false)
    }

    /// The place of a key of the map here.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let inner = self.alternatives.iter().filter_map(|&schema| of_key(schema, key));
        Self::of(self.root, inner.collect(), self.is_secret)
    }

    /// The place of each entry of the list here.
    #[must_use]
    pub fn entry(&self) -> Self {
        let inner = self.alternatives.iter().filter_map(|&schema| of_entry(schema));
        Self::of(self.root, inner.collect(), self.is_secret)
    }

    /// Whether `value` may be shown: the schema knows each of its keys, and none is a secret.
    #[must_use]
    pub fn discloses(&self, value: &Value) -> bool {
        match value {
            Value::Null => true,
            Value::Object(map) => map.iter().all(|(key, value)| self.key(key).discloses(value)),
            Value::Array(entries) => {
                let entry = self.entry();
                entries.iter().all(|value| entry.discloses(value))
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                !self.is_secret && !self.alternatives.is_empty()
            }
        }
    }

    /// Follows references, and looks into each choice.
    fn of(root: &'s Value, mut open: Vec<&'s Value>, mut is_secret: bool) -> Self {
        let mut alternatives = Vec::new();
        while let Some(schema) = open.pop() {
            is_secret |= schema["writeOnly"] == true;
            if let Some(reference) = schema["$ref"].as_str() {
                open.push(&root["$defs"][reference.trim_start_matches("#/$defs/")]);
            } else if let Some(choices) = super::choices(schema) {
                open.extend(choices);
            } else {
                alternatives.push(schema);
            }
        }
        Self { root, alternatives, is_secret }
    }
}

/// The schema of what stands under `key`, by the same order as when a value is checked: named keys,
/// patterns, then all others. `None` if the map may not have the key.
fn of_key<'s>(schema: &'s Value, key: &str) -> Option<&'s Value> {
    if *schema == FREE {
        return Some(&FREE);
    }
    if let Some(property) = schema["properties"].get(key) {
        return Some(property);
    }
    let patterns = schema["patternProperties"].as_object();
    let matches = |pattern: &str| Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(key));
    if let Some((_, inner)) = patterns.into_iter().flatten().find(|(name, _)| matches(name)) {
        return Some(inner);
    }
    match &schema["additionalProperties"] {
        Value::Bool(true) => Some(&FREE),
        Value::Bool(false) => None,
        inner @ Value::Object(_) => Some(inner),
        _ => {
            let names_keys = schema["properties"].is_object() || patterns.is_some();
            (!names_keys && allows(schema, &Value::Object(Map::new()))).then_some(&FREE)
        }
    }
}

/// The schema of each entry of a list. Without `items`, a list may hold anything.
fn of_entry(schema: &Value) -> Option<&Value> {
    if let Some(inner) = schema.get("items") {
        return Some(inner);
    }
    allows(schema, &Value::Array(Vec::new())).then_some(&FREE)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_no_schema_knows_and_what_lies_in_a_secret_is_not_shown() {
        let schema = json!({
            "type": "object", "additionalProperties": false,
            "properties": {
                "port": {"type": "integer"},
                "password": {"anyOf": [{"$ref": "#/$defs/secret"}, {"type": "null"}]},
                "labels": {"type": "object"},
                "relays": {"type": "array", "items": {"$ref": "#/$defs/relay"}},
            },
            "$defs": {
                "secret": {"type": "object", "writeOnly": true, "additionalProperties": false,
                           "properties": {"value": {"type": "string"}}},
                "relay": {"type": "object", "additionalProperties": false,
                          "properties": {"host": {"type": "string"}}},
            },
        });
        let place = Place::whole(&schema);
        for shown in [
            json!({"port": 587}),
            json!({"password": null}),
            json!({"labels": {"a.b/c": "d"}}),
            json!({"relays": [{"host": "a"}]}),
        ] {
            assert!(place.discloses(&shown), "{shown}");
        }
        for hidden in [
            json!({"prot": 587}),
            json!({"password": {"value": "hush"}}),
            json!({"password": {"value": ["hush"]}}),
            json!({"password": {"valu": "hush"}}),
            json!({"password": "hush"}),
            json!({"relays": [{"pasword": "hush"}]}),
        ] {
            assert!(!place.discloses(&hidden), "{hidden}");
        }
    }
}
