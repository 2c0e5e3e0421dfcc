//! JSON Schemas for editors and for Helm.
//!
//! Made from the types, so that what an editor accepts is what a service reads, and each doc
//! comment of a field is what an admin sees. `make schema` writes the result into the chart; a
//! test compares. Helm checks values with it before anything is installed; what a schema cannot
//! say is for `validate`.
//!
//! Helm looks at the values after it laid the files over each other, and leaves a `null` in them
//! that takes an entry of an earlier file out: so whatever can be left out can be `null`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

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
    nullable(&mut schema);
    define_or_null(&mut schema);
    schema
}

/// The chart's `values.schema.json`: its own part, with [`schema`] and with the schemas of the
/// services' `settings` put in, each `(service, schema)` as schemars makes it.
///
/// # Panics
/// Never: the chart's own part is compiled in, and a test reads it.
///
/// Ids of the catalogue's definitions are added to the chart's own; equal names would replace
/// those.
#[must_use]
pub fn values_schema(settings: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let mut values: Value = serde_json::from_str(CHART).expect("the chart's part is JSON");
    entries_nullable(&mut values);
    let mut catalogue = schema();
    let definitions = take(&mut catalogue, "$defs");
    take(&mut catalogue, "$schema");
    values["properties"]["catalogue"] = catalogue;
    add_definitions(&mut values, definitions);
    for (service, schema) in settings {
        put_settings(&mut values, service, schema);
    }
    let is_used = |part: &Value| part["$ref"] == format!("#/$defs/{ANY_SERVICE}");
    let mut services = values["properties"].as_object().into_iter().flat_map(Map::values);
    if !services.any(is_used) {
        take(&mut values["$defs"], ANY_SERVICE);
    }
    values
}

/// The chart's definition of a service whose settings are not typed yet.
const ANY_SERVICE: &str = "chart-service";

/// What the chart fills in itself, so that an admin's settings need not state it.
const MADE_BY_CHART: [&str; 7] = [
    "PublicHttpSettings",
    "DatabaseSettings",
    "KeySettings",
    "TrustedIssuerSettings",
    "IdentitySettings",
    "RedisSettings",
    "Keys",
];

/// Types `settings` of one service.
///
/// What the chart writes itself (addresses, database, keys) is not required of an admin.
/// Definitions get the service's name in front, since two services have types of one name.
fn put_settings(values: &mut Value, service: &str, mut schema: Value) {
    tidy(&mut schema);
    take(&mut schema, "$schema");
    take(&mut schema, "title");
    take(&mut schema, "required");
    schema["description"] =
        "More settings of the service, merged over those that the chart makes.".into();
    for name in MADE_BY_CHART {
        if schema["$defs"][name].is_object() {
            take(&mut schema["$defs"][name], "required");
        }
    }
    nullable(&mut schema);
    define_or_null(&mut schema);
    rename_references(&mut schema, service);
    if let Value::Object(named) = take(&mut schema, "$defs") {
        let own = named.into_iter().map(|(name, part)| (format!("{service}-{name}"), part));
        add_definitions(values, Value::Object(own.collect()));
    }
    let name = format!("chart-{service}");
    let untyped = values["$defs"].get(&name).or_else(|| values["$defs"].get(ANY_SERVICE));
    let mut typed = untyped.cloned().unwrap_or_default();
    typed["properties"]["settings"] = schema;
    values["$defs"][&name] = typed;
    values["properties"][service]["$ref"] = format!("#/$defs/{name}").into();
}

/// Puts definitions beside those that are there. An equal name would replace one.
fn add_definitions(values: &mut Value, definitions: Value) {
    if let (Some(all), Value::Object(new)) = (values["$defs"].as_object_mut(), definitions) {
        all.extend(new);
    }
}

/// Two services may call different things by one name.
fn rename_references(part: &mut Value, service: &str) {
    match part {
        Value::Object(object) => {
            if let Some(Value::String(reference)) = object.get_mut("$ref") {
                *reference = reference.replacen("#/$defs/", &format!("#/$defs/{service}-"), 1);
            }
            object.values_mut().for_each(|inner| rename_references(inner, service));
        }
        Value::Array(items) => items.iter_mut().for_each(|inner| rename_references(inner, service)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whatever can be left out can be `null`: keys that are not required and entries of maps.
fn nullable(part: &mut Value) {
    match part {
        Value::Object(object) => {
            let required = object.get("required").cloned().unwrap_or_default();
            let required = required.as_array().map_or(&[][..], Vec::as_slice);
            if let Some(Value::Object(properties)) = object.get_mut("properties") {
                for (key, property) in properties {
                    if !required.iter().any(|name| name == key) {
                        allow_null(property);
                    }
                }
            }
            entries(object).for_each(allow_null);
            object.values_mut().for_each(nullable);
        }
        Value::Array(items) => items.iter_mut().for_each(nullable),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// In the chart's own part only entries of maps, such as annotations: its other keys have values of
/// their own, which Helm brings back.
fn entries_nullable(part: &mut Value) {
    match part {
        Value::Object(object) => {
            entries(object).for_each(allow_null);
            object.values_mut().for_each(entries_nullable);
        }
        Value::Array(items) => items.iter_mut().for_each(entries_nullable),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The schemas of a map's entries.
fn entries(object: &mut Map<String, Value>) -> impl Iterator<Item = &mut Value> {
    let entries =
        object.iter_mut().filter_map(|(keyword, inner)| match (keyword.as_str(), inner) {
            ("patternProperties", Value::Object(by_pattern)) => {
                Some(by_pattern.values_mut().collect::<Vec<_>>())
            }
            ("additionalProperties", inner @ Value::Object(_)) => Some(vec![inner]),
            _ => None,
        });
    entries.flatten()
}

/// What a definition is called that allows `null` as well. Two definitions instead of a choice: of a
/// choice Helm tells each alternative that does not fit.
const OR_NULL: &str = "-or-null";

/// The description stays where it is.
fn allow_null(schema: &mut Value) {
    let Value::Object(object) = schema else { return };
    if let Some(Value::String(reference)) = object.get_mut("$ref") {
        reference.push_str(OR_NULL);
        return;
    }
    for choices in ["anyOf", "oneOf"] {
        if let Some(Value::Array(choices)) = object.get_mut(choices) {
            choices.push(json!({ "type": "null" }));
            return;
        }
    }
    if let Some(Value::Array(allowed)) = object.get_mut("enum") {
        allowed.push(Value::Null);
    }
    match object.get_mut("type") {
        Some(Value::Array(types)) => types.push("null".into()),
        Some(one) => *one = Value::Array(vec![one.take(), "null".into()]),
        None => {}
    }
}

/// Adds the definitions that [`allow_null`] asks for, and drops those that nothing asks for any
/// more.
fn define_or_null(schema: &mut Value) {
    let mut copies = Map::new();
    for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
        let mut copy = definition.clone();
        allow_null(&mut copy);
        copies.insert(format!("{name}{OR_NULL}"), copy);
    }
    add_definitions(schema, Value::Object(copies));
    loop {
        let mut named = BTreeSet::new();
        references(schema, &mut named);
        let Some(definitions) = schema["$defs"].as_object_mut() else { return };
        let before = definitions.len();
        definitions.retain(|name, _| named.contains(name));
        if definitions.len() == before {
            return;
        }
    }
}

/// The names of all definitions that are referred to.
fn references(part: &Value, named: &mut BTreeSet<String>) {
    match part {
        Value::Object(object) => {
            let reference = object.get("$ref").and_then(Value::as_str);
            named.extend(reference.and_then(|it| it.strip_prefix("#/$defs/")).map(str::to_owned));
            object.values().for_each(|inner| references(inner, named));
        }
        Value::Array(items) => items.iter().for_each(|inner| references(inner, named)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// `null` if it is not there.
fn take(value: &mut Value, key: &str) -> Value {
    value.as_object_mut().and_then(|object| object.remove(key)).unwrap_or_default()
}

/// Makes a generated schema readable: Helm's and editors' messages get shorter.
///
/// Takes the `null` of each optional field out, which [`nullable`] puts back in one form. Goes down
/// into each part.
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
            if object.get("default").is_some_and(Value::is_null) {
                object.remove("default");
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

    /// Editors and lists of schemas know it by this name, so it is the same in every version. Helm does not fetch
    /// what it names, since each reference is local (`e2e/chart/test.py` renders with a name that leads nowhere).
    #[test]
    fn the_schema_has_one_name_that_stays() {
        let (schema, mut found) = (values_schema([]), Vec::new());
        let name = "https://raw.githubusercontent.com/fairtermin/fairtermin/main/charts/fairtermin/values.schema.json";
        assert_eq!(schema["$id"], name);
        objects(&schema, &mut found);
        // A second name within would be the base of the references below it, which would lead outside.
        assert_eq!(found.iter().filter(|part| part.contains_key("$id")).count(), 1);
    }

    #[test]
    fn every_object_is_closed_and_every_reference_is_local() {
        let (schema, mut found) = (values_schema([]), Vec::new());
        objects(&schema, &mut found);
        for object in found {
            if object.contains_key("properties")
                && object.get("type").is_some_and(|t| t == "object" || t[0] == "object")
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
    fn choices_are_listed_and_whatever_can_be_left_out_can_be_null() {
        let schema = schema();
        assert!(!schema.to_string().contains("uint"));
        assert_eq!(schema["$defs"]["Language"]["enum"][1], "de-easy");
        let fits = |path: &str, values: Value| {
            let path = path.split('.').fold(&schema, |part, key| &part[key]);
            let mut part = path.clone();
            part["$defs"] = schema["$defs"].clone();
            crate::conform("", &values, &part).is_empty()
        };
        assert!(fits("properties.services", json!({ "pass": null })));
        assert!(fits("properties.closures", json!({ "x": null })));
        assert!(fits("$defs.WeekHours", json!({ "monday": null })));
        assert!(fits("$defs.RuleSettings-or-null", json!({ "entitlement": null })));
        assert!(!fits("$defs.Group-or-null", json!({ "name": null })), "it is required");
    }

    #[test]
    fn settings_are_typed_and_two_services_may_use_one_name() {
        let settings = |kind: &str| {
            json!({
                "$schema": "x", "title": "Settings", "type": "object", "additionalProperties": false,
                "required": ["mail"], "properties": {"mail": {"$ref": "#/$defs/Mail"}},
                "$defs": {"Mail": {"type": kind}},
            })
        };
        let schema =
            values_schema([("identity", settings("string")), ("slot", settings("integer"))]);
        let values = |mail: Value| {
            json!({ "identity": {"settings": {"mail": mail.clone()}},
                                "slot": {"settings": {"mail": mail}, "replicas": 2} })
        };
        let found = crate::conform("", &values(7.into()), &schema);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].path, "identity.settings.mail");
        let found = crate::conform("", &values(Value::Null), &schema);
        assert!(found.is_empty(), "{found:?}");
    }
}
