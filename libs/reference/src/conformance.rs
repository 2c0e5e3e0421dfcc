//! Whether a service answers as its document says; tests ask it about each answer they get.
//!
//! Every integration test of a service that goes through its HTTP helper is thereby also a test
//! of the document, at no cost to its author: a new field without a line in the document fails
//! the test that first sees it. Stricter than JSON Schema in one respect, which is the point: a
//! field that is not documented is a mistake, unless the schema lets in others.
//!
//! It knows the part of JSON Schema that our documents use: references, `oneOf`, `anyOf`,
//! `allOf` of objects, types, enums, arrays, objects. Formats, patterns and bounds are not
//! looked at.

use serde_json::Value;

use crate::document::METHODS;

/// What is wrong with an answer according to the document, if anything: a status or a problem that
/// the operation does not name, or a body of another shape. Nothing is wrong with a 404 or 405 at
/// an address that the document does not know.
///
/// `path` is that of the request, with or without its query; `method` in any case; `body` is
/// `null` for an answer without one. The text begins with the operation's id and the place
/// within the body, such as `readHold.services[]`.
///
/// A documented status whose response has no content lets any body pass.
///
/// ```
/// use reference::undocumented;
/// use serde_json::{Value, json};
///
/// let document = json!({ "paths": { "/v1/holds/{id}": { "delete": {
///     "operationId": "releaseHold", "responses": { "204": {} },
/// }}}});
/// let asked = |status| undocumented(&document, "DELETE", "/v1/holds/1", status, &Value::Null);
/// assert_eq!(asked(204), None);
/// assert_eq!(asked(200).unwrap(), "releaseHold does not document 200");
/// ```
#[must_use]
pub fn undocumented(
    document: &Value,
    method: &str,
    path: &str,
    status: u16,
    body: &Value,
) -> Option<String> {
    let path = path.split('?').next().unwrap_or_default();
    let method = method.to_lowercase();
    let Some(operation) = operation(document, &method, path) else {
        return (!matches!(status, 404 | 405))
            .then(|| format!("{method} {path} is not documented and answers {status}"));
    };
    let name = operation["operationId"].as_str().unwrap_or_default();
    let response = &operation["responses"][status.to_string()];
    if response.is_null() {
        return Some(format!("{name} does not document {status}"));
    }
    let content = response["content"].as_object()?;
    if let Some(code) = body["code"].as_str()
        && status >= 400
    {
        let codes = operation["x-problems"].as_array().into_iter().flatten();
        if !codes.into_iter().any(|known| known == code) {
            return Some(format!("{name} does not document the problem {code}"));
        }
    }
    // Any of the media types: a test asks for the one that it expects.
    let wrong = content.values().map(|content| shape(document, &content["schema"], body, name));
    wrong.reduce(|first, other| first.and(other)).flatten()
}

/// The operation at this address; literal segments win over parameters.
///
/// `None` if the document knows no such path, or not this method there.
fn operation<'a>(document: &'a Value, method: &str, path: &str) -> Option<&'a Value> {
    debug_assert!(METHODS.contains(&method));
    let paths = document["paths"].as_object()?;
    let matching = paths.iter().filter(|(template, _)| matches(template, path));
    let item = matching.min_by_key(|(template, _)| template.matches('{').count())?.1;
    item.get(method)
}

/// Segment by segment; a parameter stands for exactly one.
fn matches(template: &str, path: &str) -> bool {
    let (wanted, given) = (template.split('/'), path.split('/'));
    template.split('/').count() == path.split('/').count()
        && wanted.zip(given).all(|(wanted, given)| wanted.starts_with('{') || wanted == given)
}

/// What is wrong with `value` at `place`.
///
/// `None` if it fits. Asks the first of: reference, choice, combination, type, enum, then the
/// members. A choice that fails says only that nothing fitted, since it cannot know which one
/// was meant.
fn shape(document: &Value, schema: &Value, value: &Value, place: &str) -> Option<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let pointer = name.trim_start_matches('#');
        return match document.pointer(pointer) {
            Some(schema) => shape(document, schema, value, place),
            None => Some(format!("{place}: {name} is missing in the document")),
        };
    }
    if let Some(any) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
        let fits = any.iter().any(|it| shape(document, it, value, place).is_none());
        return (!fits).then(|| format!("{place}: {value} is none of what is documented"));
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return all_of(document, parts, value, place);
    }
    if !is_of_type(&schema["type"], value) {
        return Some(format!("{place}: {value} is no {}", schema["type"]));
    }
    if let Some(known) = schema["enum"].as_array()
        && !known.contains(value)
    {
        return Some(format!("{place}: {value} is not among the documented values"));
    }
    match value {
        Value::Array(items) => items
            .iter()
            .find_map(|item| shape(document, &schema["items"], item, &format!("{place}[]"))),
        Value::Object(_) => object(document, schema, value, place),
        _ => None,
    }
}

/// A flattened object: each field belongs to one of the parts.
///
/// JSON Schema would refuse each part for the fields of the others; together they are one
/// object. A field of a later part wins over one of the same name in an earlier part.
/// References within parts are followed once.
fn all_of(document: &Value, parts: &[Value], value: &Value, place: &str) -> Option<String> {
    let mut whole = serde_json::json!({ "type": "object", "properties": {}, "required": [] });
    for part in parts {
        let part = part["$ref"]
            .as_str()
            .and_then(|name| document.pointer(name.trim_start_matches('#')))
            .unwrap_or(part);
        let fields = part["properties"].as_object().into_iter().flatten();
        for (name, field) in fields {
            whole["properties"][name] = field.clone();
        }
        let required = part["required"].as_array().into_iter().flatten().cloned();
        whole["required"].as_array_mut().expect("made above").extend(required);
    }
    shape(document, &whole, value, place)
}

/// Required fields first, then each that is there. Without `additionalProperties` a further
/// field is undocumented.
fn object(document: &Value, schema: &Value, value: &Value, place: &str) -> Option<String> {
    let fields = value.as_object().into_iter().flatten();
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    if let Some(missing) = required.into_iter().find(|name| value.get(*name).is_none()) {
        return Some(format!("{place}: {missing} is missing"));
    }
    let others = &schema["additionalProperties"];
    for (name, field) in fields {
        let known = schema["properties"].get(name);
        let found = match (known, others) {
            (Some(known), _) => shape(document, known, field, &format!("{place}.{name}")),
            (None, Value::Bool(true)) => None,
            (None, Value::Object(_)) => shape(document, others, field, &format!("{place}.{name}")),
            (None, _) => Some(format!("{place}: {name} is not documented")),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// A schema without type lets each value pass; an unknown type, too. A whole number written as
/// `1.0` is no integer.
fn is_of_type(types: &Value, value: &Value) -> bool {
    let is = |name: &Value| match name.as_str() {
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        Some("null") => value.is_null(),
        _ => true,
    };
    match types {
        Value::Array(any) => any.iter().any(is),
        one => is(one),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// One operation with what the tests need: a reference, an optional field, an enum, an
    /// empty answer and a problem.
    fn document() -> Value {
        json!({
            "paths": {
                "/v1/holds/{id}": { "get": {
                    "operationId": "readHold",
                    "x-problems": ["hold-expired"],
                    "responses": {
                        "200": { "content": { "application/json": {
                            "schema": { "$ref": "#/components/schemas/Hold" } } } },
                        "204": {},
                        "410": { "content": { "application/problem+json": {
                            "schema": { "type": "object", "additionalProperties": true } } } },
                    },
                }},
            },
            "components": { "schemas": { "Hold": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": { "type": "string" },
                    "people": { "type": ["integer", "null"] },
                    "services": { "type": "array", "items": { "enum": ["passport"] } },
                },
            }}},
        })
    }

    #[test]
    fn what_the_document_says_is_fine() {
        let fine =
            |status, body| undocumented(&document(), "GET", "/v1/holds/1?a=b", status, &body);
        assert_eq!(fine(200, json!({ "id": "1", "people": null, "services": ["passport"] })), None);
        assert_eq!(fine(204, Value::Null), None);
        assert_eq!(fine(410, json!({ "code": "hold-expired" })), None);
        assert_eq!(undocumented(&document(), "GET", "/v1/else", 404, &Value::Null), None);
    }

    #[test]
    fn whatever_else_comes_is_named() {
        let said =
            |path, status, body| undocumented(&document(), "GET", path, status, &body).unwrap();
        let at = "/v1/holds/1";
        assert_eq!(said(at, 201, json!({})), "readHold does not document 201");
        assert_eq!(said(at, 200, json!({})), "readHold: id is missing");
        assert_eq!(said(at, 200, json!({ "id": 1 })), "readHold.id: 1 is no \"string\"");
        assert_eq!(said(at, 200, json!({ "id": "1", "x": 1 })), "readHold: x is not documented");
        let other = json!({ "id": "1", "services": ["card"] });
        let sentence = "readHold.services[]: \"card\" is not among the documented values";
        assert_eq!(said(at, 200, other), sentence);
        let problem = json!({ "code": "slot-taken" });
        assert_eq!(said(at, 410, problem), "readHold does not document the problem slot-taken");
        assert_eq!(
            said("/v1/else", 200, json!({})),
            "get /v1/else is not documented and answers 200"
        );
    }
}
