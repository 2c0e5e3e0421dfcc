//! Everywhere that values do not fit their schema, in the words of the document.
//!
//! serde stops at the first value that does not fit and speaks of Rust's types. This walks through
//! values and schema together and finds all of them: path, what stands there, what is right. It
//! knows the keywords of JSON Schema that [`schema()`](crate::schema()) and the chart use, which a
//! test makes sure of; what a schema cannot say stays with the reader and `validate`.
//!
//! A finding speaks to an admin and not to a programmer: "catalogue.authority.holdMinutes: `ten` is
//! a text; write a whole number from 1 to 60". Everything is found in one pass, so that an admin
//! corrects a file once and not once for each mistake.

mod place;
mod words;

use std::collections::HashMap;

use booking::rules::Finding;
pub use place::Place;
use regex_lite::Regex;
use serde_json::{Map, Value};
pub use words::NO_SUCH_KEY;

/// A place where a value does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// Where, what and what instead.
    pub finding: Finding,
    /// Whether only the form of a text is wrong. Its own parser then gives the better message.
    pub vague: bool,
}

/// Every place where `values` do not fit `schema`, in the order of the keys. `path` is that of the
/// values.
///
/// References of the schema are local (`#/$defs/...`). Secrets are not repeated: what the schema
/// marks with `writeOnly`, and outside the catalogue any text under a name that speaks of one.
#[must_use]
pub fn conform(path: &str, values: &Value, schema: &Value) -> Vec<Finding> {
    misfits(path, values, schema).into_iter().map(|misfit| misfit.finding).collect()
}

/// As [`conform`], with what marks texts whose own parser gives a better message.
pub(crate) fn misfits(path: &str, values: &Value, schema: &Value) -> Vec<Misfit> {
    let mut walk = Walk { root: schema, patterns: HashMap::new(), found: Vec::new() };
    walk.value(path, values, schema);
    walk.found
}

/// One pass over a document. Findings come in the order of the keys, as serde_json keeps them.
struct Walk<'s> {
    root: &'s Value,
    /// Compiled once; a catalogue asks for the same few again and again.
    patterns: HashMap<&'s str, Option<Regex>>,
    found: Vec<Misfit>,
}

impl<'s> Walk<'s> {
    /// One value against its schema. What is wrong within a secret is said of the secret as a
    /// whole, so that no part of it is repeated.
    fn value(&mut self, path: &str, value: &Value, schema: &'s Value) {
        let schema = self.resolve(schema);
        let before = self.found.len();
        if let Some(choices) = choices(schema) {
            self.one_of(path, value, choices);
        } else if self.has_its_type(path, value, schema) {
            self.content(path, value, schema);
        }
        if schema["writeOnly"] == true && self.found.len() > before {
            self.found.truncate(before);
            self.say(path, words::no_secret());
        }
    }

    /// Of a value that has the right type.
    fn content(&mut self, path: &str, value: &Value, schema: &'s Value) {
        if let Some(allowed) = schema["enum"].as_array() {
            if !allowed.contains(value) {
                self.say(path, words::not_a_choice(path, value, allowed));
            }
            return;
        }
        match value {
            Value::Object(map) => self.map(path, map, schema),
            Value::Array(items) => self.list(path, items, schema),
            Value::String(text) => self.text(path, text, schema),
            Value::Number(_) => self.number(path, value, schema),
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Follows local references to what they name. A definition that refers to itself alone would
    /// never end; schemars makes none.
    fn resolve(&self, schema: &'s Value) -> &'s Value {
        let mut schema = schema;
        while let Some(reference) = schema["$ref"].as_str() {
            let name = reference.trim_start_matches("#/$defs/");
            schema = &self.root["$defs"][name];
        }
        schema
    }

    /// Speaks of the alternative that was probably meant: that of the value's own type, and of several
    /// kinds of map the one that knows most of its keys, else the first.
    fn one_of(&mut self, path: &str, value: &Value, choices: &'s [Value]) {
        let before = self.found.len();
        let mut meant = None;
        for choice in choices {
            let choice = self.resolve(choice);
            self.value(path, value, choice);
            let said = self.found.split_off(before);
            if said.is_empty() {
                return;
            }
            let likeness = (allows(choice, value), known_keys(choice, value));
            let is_likelier = |(best, _): &((bool, usize), _)| match value {
                Value::Object(_) => likeness > *best,
                _ => likeness >= *best,
            };
            if choice["type"] != "null" && meant.as_ref().is_none_or(is_likelier) {
                meant = Some((likeness, said));
            }
        }
        self.found.extend(meant.into_iter().flat_map(|(_, said)| said));
    }

    /// Says it if the value is of another kind than the schema's `type`. Only one of the right kind
    /// is looked into.
    fn has_its_type(&mut self, path: &str, value: &Value, schema: &'s Value) -> bool {
        let fits = schema.get("type").is_none() || allows(schema, value);
        if !fits {
            self.say(path, words::another_type(path, value, schema));
        }
        fits
    }

    /// `required`, then each key by `properties`, `patternProperties` and `additionalProperties`,
    /// then how many there are. A key that fits several patterns is read by the first.
    fn map(&mut self, path: &str, map: &Map<String, Value>, schema: &'s Value) {
        for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !map.contains_key(key) {
                let property = self.resolve(&schema["properties"][key]);
                self.say(&below(path, key), words::missing(property));
            }
        }
        for (key, value) in map {
            let path = below(path, key);
            if let Some(property) = schema["properties"].get(key) {
                self.value(&path, value, property);
            } else if let Some(inner) = self.by_pattern(key, schema) {
                self.value(&path, value, inner);
            } else {
                match &schema["additionalProperties"] {
                    Value::Bool(false) => self.say(&path, words::unknown_key(key, schema)),
                    inner @ Value::Object(_) => self.value(&path, value, inner),
                    _ => {}
                }
            }
        }
        let least = schema["minProperties"].as_u64().unwrap_or(0);
        let most = schema["maxProperties"].as_u64().unwrap_or(u64::MAX);
        if !(least..=most).contains(&(map.len() as u64)) {
            self.say(path, words::wrong_number_of_keys(map.len(), schema));
        }
    }

    /// The schema of the first pattern that the key matches.
    fn by_pattern(&mut self, key: &str, schema: &'s Value) -> Option<&'s Value> {
        let patterns = schema["patternProperties"].as_object()?;
        patterns.iter().find(|(pattern, _)| self.matches(pattern, key)).map(|(_, inner)| inner)
    }

    /// `minItems` and each entry. `maxItems` is left to the reader of the type.
    fn list(&mut self, path: &str, items: &[Value], schema: &'s Value) {
        if (items.len() as u64) < schema["minItems"].as_u64().unwrap_or(0) {
            self.say(path, words::empty_list(schema));
        }
        if let Some(of_each) = schema.get("items") {
            for (index, item) in items.iter().enumerate() {
                self.value(&format!("{path}[{index}]"), item, of_each);
            }
        }
    }

    /// Lengths are counted in characters, as JSON Schema does (validation, section 6.3.2), and not
    /// in bytes.
    fn text(&mut self, path: &str, text: &str, schema: &'s Value) {
        let length = text.chars().count() as u64;
        if length < schema["minLength"].as_u64().unwrap_or(0) {
            self.say(path, ("is empty".to_owned(), words::what_it_is(schema)));
        } else if let Some(pattern) = schema["pattern"].as_str()
            && !self.matches(pattern, text)
        {
            let (problem, remedy) = words::another_form(path, text, schema);
            let finding = Finding::new(path, problem, remedy);
            self.found.push(Misfit { finding, vague: true });
        }
    }

    /// Both bounds are allowed values: `minimum` and `maximum`, not their exclusive forms.
    fn number(&mut self, path: &str, value: &Value, schema: &'s Value) {
        let Some(number) = value.as_f64() else { return };
        let least = schema["minimum"].as_f64().unwrap_or(f64::MIN);
        let most = schema["maximum"].as_f64().unwrap_or(f64::MAX);
        if !(least..=most).contains(&number) {
            self.say(path, words::out_of_bounds(value, schema));
        }
    }

    /// A pattern that cannot be read matches everything: the test of the schema finds it.
    fn matches(&mut self, pattern: &'s str, text: &str) -> bool {
        let compiled = self.patterns.entry(pattern).or_insert_with(|| Regex::new(pattern).ok());
        compiled.as_ref().is_none_or(|pattern| pattern.is_match(text))
    }

    /// Adds a finding of which no other parser knows better.
    fn say(&mut self, path: &str, (problem, remedy): (String, String)) {
        self.found.push(Misfit { finding: Finding::new(path, problem, remedy), vague: false });
    }
}

/// Of `anyOf` or `oneOf`; where both would match, the readers decide.
fn choices(schema: &Value) -> Option<&[Value]> {
    let choices = schema.get("anyOf").or_else(|| schema.get("oneOf"))?;
    choices.as_array().map(Vec::as_slice)
}

/// How many keys of the value the schema names.
fn known_keys(schema: &Value, value: &Value) -> usize {
    let keys = value.as_object().into_iter().flat_map(Map::keys);
    keys.filter(|key| schema["properties"].get(key.as_str()).is_some()).count()
}

/// Whether the schema's `type` has the value's. A schema without one allows each.
fn allows(schema: &Value, value: &Value) -> bool {
    let is = |name: &str| match (name, value) {
        ("object", Value::Object(_))
        | ("array", Value::Array(_))
        | ("string", Value::String(_))
        | ("boolean", Value::Bool(_))
        | ("null", Value::Null)
        | ("number", Value::Number(_)) => true,
        ("integer", Value::Number(number)) => {
            number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|n| n.fract() == 0.0)
        }
        _ => false,
    };
    match &schema["type"] {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        _ => true,
    }
}

/// The path of a key.
fn below(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::line;

    fn lines(values: Value, schema: Value) -> Vec<String> {
        let mut lines: Vec<_> = conform("", &values, &schema).iter().map(line).collect();
        lines.sort();
        lines
    }

    #[test]
    fn all_misfits_are_told_at_once_with_path_value_and_what_is_right() {
        let schema = json!({
            "type": "object", "additionalProperties": false, "required": ["name"],
            "properties": {
                "name": {"type": "string", "description": "Its name. Never empty.", "minLength": 1},
                "desks": {"type": "integer", "minimum": 1, "maximum": 64},
                "open": {"type": ["boolean", "null"]},
                "tls": {"type": "string", "enum": ["implicit", "starttls"]},
                "number": {"type": "string", "pattern": "^[0-9]+$", "examples": ["122280"]},
                "days": {"type": "array", "minItems": 1, "items": {"type": "integer"}},
                "kept": {"anyOf": [{"$ref": "#/$defs/kept"}, {"type": "null"}]},
            },
            "$defs": {"kept": {"type": "object", "additionalProperties": false,
                               "properties": {"until": {"type": "string"}}}},
        });
        let values = json!({
            "desks": "many", "open": "yes", "tls": "starttsl", "number": "12a", "days": [1, "x"],
            "kept": {"untl": 1}, "dekss": 3,
        });
        assert_eq!(
            lines(values, schema.clone()),
            [
                "days[1]: `x` is a text; write a whole number",
                "dekss: there is no such key; did you mean `desks`?",
                "desks: `many` is a text; write a whole number from 1 to 64",
                "kept.untl: there is no such key; did you mean `until`?",
                "name: is missing; add it: its name",
                "number: `12a` does not have the right form; write for example `122280`",
                "open: `yes` is a text; write `true` or `false`",
                "tls: `starttsl` is not allowed; did you mean `starttls`?",
            ]
        );
        let values = json!({
            "name": "", "desks": 65, "number": 12, "days": [], "kept": null, "open": null, "tls": "x",
        });
        assert_eq!(
            lines(values, schema),
            [
                "days: is empty; write at least one",
                "desks: 65 is not allowed; use 1 to 64",
                "name: is empty; its name",
                "number: 12 is a number; write a text in quotes, for example \"122280\"",
                "tls: `x` is not allowed; use `implicit` or `starttls`",
            ]
        );
    }

    #[test]
    fn of_several_kinds_the_one_that_was_begun_is_explained() {
        let kind = |name: &str, part: &str| {
            let parts = json!({"type": "object", "additionalProperties": false, "required": [part],
                               "properties": {part: {"type": "string"}}});
            json!({"type": "object", "additionalProperties": false, "required": [name],
                   "properties": {name: parts}})
        };
        let of = [kind("drand", "relay"), kind("auditor", "url"), kind("fixed", "seed")];
        let schema = json!({"type": "object", "properties": {"beacon": {"oneOf": of}}});
        assert_eq!(
            lines(json!({"beacon": {"auditor": {"urll": "x"}}}), schema.clone()),
            [
                "beacon.auditor.url: is missing; add it: it is required",
                "beacon.auditor.urll: there is no such key; did you mean `url`?",
            ]
        );
        // Of an unknown kind the first is named, which stands for what most need.
        let lines = lines(json!({"beacon": {"auditr": {}}}), schema);
        assert_eq!(lines[0], "beacon.auditr: there is no such key; use `drand`");
    }

    #[test]
    fn a_secret_is_never_repeated() {
        let secret = json!({
            "type": "object", "additionalProperties": false, "writeOnly": true, "minProperties": 1,
            "maxProperties": 1,
            "properties": {"file": {"type": "string"}, "value": {"type": "string"}},
        });
        let schema = json!({"type": "object", "properties": {
            "settings": {"type": "object", "properties": {
                "smtp": {"type": "object", "properties": {
                    "password": secret, "port": {"type": "integer"}, "token": {"type": "integer"},
                }},
            }},
        }});
        for wrong in
            [json!("hush"), json!(["hush"]), json!({"hush": 1}), json!({"value": ["hush"]})]
        {
            let values = json!({"settings": {"smtp": {"password": wrong, "token": "hush"}}});
            let said = lines(values, schema.clone());
            assert_eq!(said.len(), 2, "{said:?}");
            assert!(said[0].starts_with("settings.smtp.password: ") && said[0].contains("{file: "));
            assert!(said.iter().all(|line| !line.contains("hush")), "{said:?}");
        }
        let port = json!({"settings": {"smtp": {"port": "587"}}});
        assert_eq!(
            lines(port, schema),
            ["settings.smtp.port: `587` is a text; write a whole number, without quotes"]
        );
    }
}
