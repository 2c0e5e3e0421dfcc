//! What may change within one version of an API.
//!
//! A service keeps its released document in its folder; a test compares the present one with it
//! and fails with the sentences of [`breaking_changes`]. So a change that would break an
//! agency's program is seen in the review and not by the agency. A program that reads answers
//! overlooks fields that it does not know; so new ones are no break.
//!
//! It compares what generated clients depend on: paths, parameters, bodies, statuses, callers,
//! and the names, types and presence of fields. Bounds, patterns and texts are for the
//! reviewer, who sees them in the document's diff.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::document::METHODS;

/// What in `new` would break a program that was written against `old`, one sentence each.
///
/// Allowed within a version: new operations, new optional parameters, new fields in answers, new
/// problems. Not allowed: what takes away, demands more, or changes a type.
///
/// Empty if nothing breaks. Both are whole OpenAPI documents, as [`complete`](crate::complete)
/// makes them; what is not there counts as absent and is no error.
///
/// A change that is meant goes with a new version of the path, or with the release that says
/// so; then the released document is replaced.
///
/// ```
/// use reference::breaking_changes;
/// use serde_json::json;
///
/// let old = json!({ "paths": { "/v1/holds": { "post": { "responses": {} } } } });
/// assert_eq!(breaking_changes(&old, &json!({})), ["POST /v1/holds is gone"]);
/// assert!(breaking_changes(&json!({}), &old).is_empty(), "what is new breaks nothing");
/// ```
#[must_use]
pub fn breaking_changes(old: &Value, new: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (path, item) in entries(&old["paths"]) {
        for (method, before) in entries(item).filter(|(key, _)| METHODS.contains(&key.as_str())) {
            let name = format!("{} {path}", method.to_uppercase());
            match new["paths"][path].get(method) {
                None => found.push(format!("{name} is gone")),
                Some(after) => operation(&name, before, after, &mut found),
            }
        }
    }
    for (name, before) in entries(&old["components"]["schemas"]) {
        if let Some(after) = new["components"]["schemas"].get(name) {
            schema(name, before, after, &mut found);
        }
    }
    found
}

/// None if it is no object: a missing part has no members.
fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// Adds a sentence for each break; `name` is method and path.
///
/// Only statuses of success are compared: a problem that is no longer answered breaks no caller. A
/// required body is a break where there was none; a body that was optional and is required now is
/// not found.
fn operation(name: &str, before: &Value, after: &Value, found: &mut Vec<String>) {
    let (old, new) = (parameters(before), parameters(after));
    for (parameter, _) in &old {
        if !new.iter().any(|(other, _)| other == parameter) {
            found.push(format!("{name}: parameter {parameter} is gone"));
        }
    }
    for (parameter, required) in new {
        if required && !old.contains(&(parameter, true)) {
            found.push(format!("{name}: parameter {parameter} is demanded now"));
        }
    }
    for (status, _) in entries(&before["responses"]).filter(|(status, _)| status.starts_with('2')) {
        if after["responses"].get(status).is_none() {
            found.push(format!("{name}: no longer answers {status}"));
        }
    }
    if before.get("requestBody").is_none() && after["requestBody"]["required"] == true {
        found.push(format!("{name}: demands a body now"));
    }
    if !still_lets_in(&before["security"], &after["security"]) {
        found.push(format!("{name}: other callers or scopes"));
    }
}

/// Whether every kind of caller that was allowed before still is, with the same scopes.
///
/// Callers are compared whole: other scopes of the same kind are another caller. More callers
/// are allowed, fewer are not, and an open operation must stay open.
fn still_lets_in(before: &Value, after: &Value) -> bool {
    let some = |callers: &Value| callers.as_array().filter(|some| !some.is_empty()).cloned();
    match (some(before), some(after)) {
        (Some(before), Some(after)) => before.iter().all(|caller| after.contains(caller)),
        (None, None) => true,
        // Calls without a token are still allowed where `{}` is among the callers.
        (None, Some(after)) => after.contains(&json!({})),
        (Some(_), None) => false,
    }
}

/// Names alone tell parameters apart: no operation has one name in the path and in the query.
fn parameters(operation: &Value) -> Vec<(&str, bool)> {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    parameters.map(|it| (it["name"].as_str().unwrap_or_default(), it["required"] == true)).collect()
}

/// Compares the fields of one named schema. A schema that is gone is not looked at: a field
/// that referred to it has another type now, and that is found there. A body or an answer that
/// refers to another schema altogether is not found; the reviewer sees it in the diff.
///
/// A schema that refuses unknown fields is one of requests: a field that becomes required
/// breaks its senders. Others are of answers: a field that may be missing now breaks their
/// readers.
fn schema(name: &str, before: &Value, after: &Value, found: &mut Vec<String>) {
    for (field, old) in entries(&before["properties"]) {
        match after["properties"].get(field) {
            None => found.push(format!("{name}.{field} is gone")),
            Some(new) if old["type"] != new["type"] || named(old) != named(new) => {
                found.push(format!("{name}.{field} has another type"));
            }
            Some(_) => {}
        }
    }
    let required = |schema: &Value| -> BTreeSet<String> {
        let names = schema["required"].as_array().into_iter().flatten();
        names.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let (old, new) = (required(before), required(after));
    // Bodies of requests refuse unknown fields; their schemas say so.
    if before["additionalProperties"] == false {
        found.extend(new.difference(&old).map(|field| format!("{name}.{field} is demanded now")));
    } else {
        let kept = |field: &&String| after["properties"].get(field.as_str()).is_some();
        let optional = old.difference(&new).filter(kept);
        found.extend(optional.map(|field| format!("{name}.{field} may be missing now")));
    }
}

/// What a field refers to, also where bounds stand beside it.
///
/// `null` if it is of no named type. `allOf` around a reference is how OpenAPI adds a
/// description to it.
fn named(field: &Value) -> &Value {
    match &field["$ref"] {
        Value::Null => &field["allOf"][0]["$ref"],
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Value {
        json!({
            "paths": { "/v1/holds": {
                "post": {
                    "parameters": [{ "name": "page", "in": "query", "required": false }],
                    "responses": { "201": {}, "409": {} },
                    "security": [{ "citizen": ["bookings"] }],
                }
            }},
            "components": { "schemas": {
                "Hold": {
                    "required": ["id"],
                    "properties": { "id": { "type": "string" }, "people": { "type": "integer" } },
                },
                "Wanted": {
                    "additionalProperties": false,
                    "required": ["start"],
                    "properties": { "start": { "type": "string" } },
                },
            }}
        })
    }

    #[test]
    fn what_adds_is_no_break() {
        let old = document();
        let mut new = document();
        new["paths"]["/v1/draws"] = json!({ "get": {} });
        new["paths"]["/v1/holds"]["post"]["responses"]["422"] = json!({});
        new["components"]["schemas"]["Hold"]["properties"]["note"] = json!({ "type": "string" });
        new["components"]["schemas"]["Wanted"]["properties"]["note"] = json!({ "type": "string" });
        let both = json!([{ "citizen": ["bookings"] }, { "on_behalf": ["bookings:onbehalf"] }]);
        new["paths"]["/v1/holds"]["post"]["security"] = both;
        assert_eq!(breaking_changes(&old, &new), Vec::<String>::new());
    }

    #[test]
    fn bounds_beside_a_reference_are_no_other_type() {
        let name = json!({ "$ref": "#/components/schemas/Name" });
        let (mut old, mut new) = (document(), document());
        old["components"]["schemas"]["Hold"]["properties"]["name"] = name.clone();
        let bounded = json!({ "allOf": [name, { "maxLength": 9 }] });
        new["components"]["schemas"]["Hold"]["properties"]["name"] = bounded;
        assert_eq!(breaking_changes(&old, &new), Vec::<String>::new());
    }

    #[test]
    fn what_takes_away_demands_more_or_changes_a_type_is_named() {
        type Change = (fn(&mut Value), &'static str);
        let changes: [Change; 10] = [
            (|it| it["paths"] = json!({}), "POST /v1/holds is gone"),
            (
                |it| it["paths"]["/v1/holds"]["post"]["parameters"] = json!([]),
                "POST /v1/holds: parameter page is gone",
            ),
            (
                |it| it["paths"]["/v1/holds"]["post"]["parameters"][0]["required"] = true.into(),
                "POST /v1/holds: parameter page is demanded now",
            ),
            (
                |it| it["paths"]["/v1/holds"]["post"]["responses"] = json!({ "200": {} }),
                "POST /v1/holds: no longer answers 201",
            ),
            (
                |it| it["paths"]["/v1/holds"]["post"]["security"] = json!([]),
                "POST /v1/holds: other callers or scopes",
            ),
            (
                |it| {
                    let more = json!([{ "citizen": ["bookings", "more"] }]);
                    it["paths"]["/v1/holds"]["post"]["security"] = more;
                },
                "POST /v1/holds: other callers or scopes",
            ),
            (
                |it| {
                    let others = json!([{ "staff": ["desk"] }, { "agency": [] }]);
                    it["paths"]["/v1/holds"]["post"]["security"] = others;
                },
                "POST /v1/holds: other callers or scopes",
            ),
            (
                |it| it["components"]["schemas"]["Hold"]["properties"]["id"]["type"] = 1.into(),
                "Hold.id has another type",
            ),
            (
                |it| it["components"]["schemas"]["Hold"]["required"] = json!([]),
                "Hold.id may be missing now",
            ),
            (
                |it| {
                    let wanted = &mut it["components"]["schemas"]["Wanted"];
                    wanted["properties"]["people"] = json!({ "type": "integer" });
                    wanted["required"] = json!(["start", "people"]);
                },
                "Wanted.people is demanded now",
            ),
        ];
        for (change, sentence) in changes {
            let mut new = document();
            change(&mut new);
            assert_eq!(breaking_changes(&document(), &new), [sentence]);
        }
    }
}
