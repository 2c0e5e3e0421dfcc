//! JSON Schemas for editors and for Helm.
//!
//! Made from the types, so that what an editor accepts is what a service reads, and each doc
//! comment of a field is what an admin sees. `make schema` writes the result into the chart; a
//! test compares. Helm checks values with it before anything is installed; what a schema cannot
//! say is for `validate`.

use serde_json::{Map, Value};

/// The schema of the chart's own part, written by hand.
const CHART: &str = include_str!("../../../charts/fairtermin/schema/chart.json");

/// The JSON Schema (draft 2020-12) of what stands under `catalogue` in a values file, made from
/// the types that the services read.
///
/// References stay within it (`#/$defs/...`), so it can be put into another schema.
#[must_use]
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(crate::Catalogue).to_value();
    tidy(&mut schema);
    schema
}

/// The chart's `values.schema.json`: its own part with [`schema`] put in.
///
/// # Panics
/// Never: the chart's own part is compiled in, and a test reads it.
///
/// Ids of the catalogue's definitions are added to the chart's own; equal names would replace
/// those.
#[must_use]
pub fn values_schema() -> Value {
    let mut values: Value = serde_json::from_str(CHART).expect("the chart's part is JSON");
    let mut catalogue = schema();
    let definitions = take(&mut catalogue, "$defs");
    take(&mut catalogue, "$schema");
    values["properties"]["catalogue"] = catalogue;
    if let (Some(all), Value::Object(new)) = (values["$defs"].as_object_mut(), definitions) {
        all.extend(new);
    }
    values
}

/// `null` if it is not there.
fn take(value: &mut Value, key: &str) -> Value {
    value.as_object_mut().and_then(|object| object.remove(key)).unwrap_or_default()
}

/// Makes a generated schema readable: Helm's and editors' messages get
/// shorter. In a values file an absent key is left out and never `null`.
///
/// Changes no meaning apart from that: what was accepted is accepted. Goes down into each part.
fn tidy(value: &mut Value) {
    match value {
        Value::Object(object) => {
            without_null(object);
            constants_to_enum(object);
            let is_number_format =
                |format: &Value| format.as_str().is_some_and(|text| text.contains("int"));
            if object.get("format").is_some_and(is_number_format) {
                object.remove("format");
            }
            // A booking rule's own words say more than the field that holds its settings.
            let is_holder = |text: &Value| {
                text.as_str().is_some_and(|text| text.starts_with("Settings of the rule"))
            };
            if object.get("description").is_some_and(is_holder) {
                object.remove("description");
            }
            if let Some(Value::String(text)) = object.get_mut("description") {
                *text = text.replace('\n', " ").replace("[`", "`").replace("`]", "`");
            }
            if let Some(Value::Object(by_pattern)) = object.get_mut("patternProperties") {
                // Ids start with a letter, since YAML reads `0815` as a number.
                *by_pattern = std::mem::take(by_pattern)
                    .into_iter()
                    .map(|(pattern, inner)| (pattern.replacen("^[a-z0-9]", "^[a-z]", 1), inner))
                    .collect();
            }
            object.values_mut().for_each(tidy);
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// `{anyOf: [X, null]}` becomes `X`, `{type: [X, null]}` becomes `{type: X}`.
///
/// What stands beside the choice, such as its description, wins over what is in it.
fn without_null(object: &mut Map<String, Value>) {
    let is_null = |schema: &Value| schema["type"] == "null";
    if let Some(Value::Array(choices)) = object.get("anyOf")
        && let [Value::Object(only), null] = choices.as_slice()
        && is_null(null)
    {
        let only = only.clone();
        object.remove("anyOf");
        for (key, value) in only {
            object.entry(key).or_insert(value);
        }
    }
    if let Some(Value::Array(types)) = object.get("type")
        && let [only, Value::String(null)] = types.as_slice()
        && null == "null"
    {
        let only = only.clone();
        object.insert("type".to_owned(), only);
    }
}

/// `{oneOf: [{const: a}, {const: b}]}` becomes `{enum: [a, b]}`.
///
/// The descriptions of the variants are lost: editors show the field's own.
fn constants_to_enum(object: &mut Map<String, Value>) {
    let constants = object.get("oneOf").and_then(Value::as_array).and_then(|choices| {
        choices.iter().map(|choice| choice.get("const").cloned()).collect::<Option<Vec<_>>>()
    });
    if let Some(constants) = constants {
        object.remove("oneOf");
        object.insert("enum".to_owned(), Value::Array(constants));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objects<'a>(value: &'a Value, found: &mut Vec<&'a Map<String, Value>>) {
        match value {
            Value::Object(object) => {
                found.push(object);
                object.values().for_each(|inner| objects(inner, found));
            }
            Value::Array(items) => items.iter().for_each(|inner| objects(inner, found)),
            _ => {}
        }
    }

    #[test]
    fn every_object_is_closed_and_every_reference_is_local() {
        let schema = values_schema();
        let mut found = Vec::new();
        objects(&schema, &mut found);
        for object in found {
            if object.contains_key("properties")
                && object.get("type").is_some_and(|t| t == "object")
            {
                assert!(object.contains_key("additionalProperties"), "{object:?}");
            }
            if let Some(Value::String(reference)) = object.get("$ref") {
                let name = reference.strip_prefix("#/$defs/").unwrap();
                assert!(schema["$defs"].get(name).is_some(), "{reference}");
            }
        }
    }

    #[test]
    fn null_is_not_a_value_and_choices_are_listed() {
        let text = schema().to_string();
        assert!(!text.contains("\"null\"") && !text.contains("uint"));
        assert_eq!(schema()["$defs"]["Language"]["enum"][1], "de-easy");
    }
}
