//! From what the handlers say to a document that leaves nothing out.
//!
//! A handler knows its own use case. What follows from how it is called (a token can be
//! expired, a body too large, a path can lead nowhere) is the same for all, is forgotten
//! easily, and is added here. So a program's author finds each problem that an operation can
//! answer, with an example.

use std::collections::{BTreeMap, BTreeSet};

use problem::{Problem, ProblemType, types};
use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

use crate::{oauth, own_operations, page_errors};

/// The methods that a path may know (OpenAPI 3.1 section 4.8.9.1).
///
/// A path's item has other members, too (`parameters`, `summary`): those are no operations.
pub(crate) const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// The document with every problem that an operation may answer, as responses by status.
///
/// An operation names the problems of its use case in `x-problems`; `table` holds those of the
/// service besides the common ones, and `rules` stands for all of them.
///
/// # Panics
/// An operation names an unknown problem: a mistake that the first test finds.
///
/// `document` is what utoipa made of the handlers. Added are: the problems of each operation as
/// responses, `x-problems` as the full list of codes, an example per problem that is used, and
/// the schema `Problem`.
///
/// Called once when a service starts, and by `make openapi`. The same input yields the same
/// text, so the stored document can be compared.
#[must_use]
pub fn complete(document: &OpenApi, table: &'static [ProblemType]) -> Value {
    let mut document = serde_json::to_value(document).expect("a document is JSON");
    own_operations::add_to(&mut document);
    completed(document, table)
}

/// A service that sends events to the broker, whose document is served beside this one: see
/// [`Reference::with_events`](crate::Reference::with_events).
///
/// # Panics
/// As [`complete`].
#[must_use]
pub fn complete_with_events(document: &OpenApi, table: &'static [ProblemType]) -> Value {
    let mut document = serde_json::to_value(document).expect("a document is JSON");
    own_operations::add_to(&mut document);
    own_operations::add_events_to(&mut document);
    completed(document, table)
}

/// What both forms share. Paths and their methods stay in the order of the input.
fn completed(mut document: Value, table: &'static [ProblemType]) -> Value {
    let shared = document["security"].clone();
    let mut used = BTreeMap::new();
    for (_, item) in members(&mut document["paths"]) {
        for (_, operation) in members(item).filter(|(key, _)| METHODS.contains(&key.as_str())) {
            forget_null(operation);
            used.extend(add_problems(operation, &shared, table));
            if oauth::is_meant(operation) {
                oauth::add_errors(operation);
            }
            if page_errors::is_meant(operation) {
                page_errors::add_errors(operation);
            }
            if shared.is_null() && operation.get("security").is_none() {
                // Stated in the document: no token is needed here.
                operation["security"] = json!([]);
            }
        }
    }
    own_operations::add_missing_parts(&mut document);
    for (code, kind) in used {
        let value = Problem::new(kind).document();
        document["components"]["examples"][code] = json!({ "summary": kind.title, "value": value });
    }
    document["components"]["schemas"]["Problem"] = problem_schema();
    if document.to_string().contains("#/components/schemas/OAuthError") {
        document["components"]["schemas"]["OAuthError"] = oauth::schema();
    }
    if document.get("servers").is_none() {
        // Where it was read; who serves it names the address (`Reference::served_at`).
        document["servers"] = json!([{ "url": "/", "description": "Where this was read." }]);
    }
    document
}

/// A query parameter is present or absent: a URL cannot hold `null`.
///
/// utoipa says of an `Option` that it may be `null`, which is right in bodies only.
fn forget_null(operation: &mut Value) {
    let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten() {
        let Some(types) = parameter.pointer_mut("/schema/type") else { continue };
        if let Some([Value::String(only), Value::String(null)]) =
            types.as_array().map(Vec::as_slice)
            && null == "null"
        {
            *types = only.as_str().into();
        }
    }
}

/// None if it is no object.
fn members(value: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    value.as_object_mut().into_iter().flatten()
}

/// Writes the problems as responses and says which they are.
///
/// Yields the problems that it used. A response that the handler wrote for the same status is
/// replaced: of a problem, the table knows best.
///
/// # Panics
/// As [`complete`].
fn add_problems(
    operation: &mut Value,
    shared: &Value,
    table: &'static [ProblemType],
) -> BTreeMap<&'static str, &'static ProblemType> {
    let codes = codes(operation, shared, table);
    let mut by_status: BTreeMap<u16, Vec<&'static ProblemType>> = BTreeMap::new();
    for code in &codes {
        let kind = table
            .iter()
            .chain(types::ALL.iter().copied())
            .find(|kind| kind.code == code)
            .unwrap_or_else(|| panic!("no problem is called {code}"));
        by_status.entry(kind.status).or_default().push(kind);
    }
    operation["x-problems"] = codes.into_iter().collect();
    for (status, kinds) in &by_status {
        operation["responses"][status.to_string()] = response(*status, kinds);
    }
    by_status.into_values().flatten().map(|kind| (kind.code, kind)).collect()
}

/// The problems of the use case, and those that follow from how the operation is called.
///
/// The handler's own, and: what guards every service (`libs/service`) always; with a token those of
/// tokens; with a body those of reading it; with a path parameter `not-found`.
///
/// `rules` stands for the whole table, since each booking rule can refuse a hold or a confirm.
fn codes(operation: &Value, shared: &Value, table: &[ProblemType]) -> BTreeSet<String> {
    let named = operation["x-problems"].as_array().into_iter().flatten();
    let mut codes: BTreeSet<_> = named.filter_map(Value::as_str).map(str::to_owned).collect();
    if codes.remove("rules") {
        codes.extend(table.iter().map(|kind| kind.code.to_owned()));
    }
    let mut add = |kinds: &[&ProblemType]| {
        codes.extend(kinds.iter().map(|kind| kind.code.to_owned()));
    };
    add(&[&types::INTERNAL, &types::INVALID_REQUEST, &types::RATE_LIMITED, &types::UNAVAILABLE]);
    let security = operation.get("security").unwrap_or(shared);
    if callers_of(security).next().is_some() && !oauth::is_meant(operation) {
        add(&[&types::UNAUTHENTICATED, &types::INVALID_TOKEN, &types::WRONG_AUDIENCE]);
        // A token that is bound to a key may come from anybody.
        add(&[&types::INVALID_DPOP_PROOF]);
        // Where one may come without a token, any token does that needs no scope.
        if !callers_of(security).any(is_nobody) || callers_of(security).any(needs_scope) {
            add(&[&types::FORBIDDEN]);
        }
    }
    if operation.get("requestBody").is_some() && !oauth::is_meant(operation) {
        let of_bodies =
            [&types::PAYLOAD_TOO_LARGE, &types::REQUEST_TOO_SLOW, &types::UNSUPPORTED_MEDIA_TYPE];
        add(&of_bodies);
    }
    let mut parameters = operation["parameters"].as_array().into_iter().flatten();
    if parameters.any(|parameter| parameter["in"] == "path") {
        add(&[&types::NOT_FOUND]);
    }
    codes
}

/// The kinds of caller that an operation's `security` lists.
///
/// None means that no token is asked for.
fn callers_of(security: &Value) -> impl Iterator<Item = &Value> {
    security.as_array().into_iter().flatten()
}

/// Whether `{}` is meant: OpenAPI's word for "without a token".
///
/// Beside other callers it means that a token is optional.
fn is_nobody(caller: &Value) -> bool {
    caller.as_object().is_some_and(Map::is_empty)
}

/// Whether a token of this kind needs a scope, so that a token without it is answered with
/// `forbidden`.
fn needs_scope(caller: &Value) -> bool {
    let mut scopes = caller.as_object().into_iter().flat_map(Map::values);
    scopes.any(|scopes| scopes.as_array().is_some_and(|scopes| !scopes.is_empty()))
}

/// All problems of one status share a response; the examples tell them apart. 429 and 503 say
/// when to come again (RFC 9110 section 10.2.3).
fn response(status: u16, kinds: &[&'static ProblemType]) -> Value {
    let lines: Vec<_> = kinds.iter().map(|it| format!("`{}`: {}", it.code, it.title)).collect();
    let examples: Map<String, Value> = kinds
        .iter()
        .map(|it| {
            (it.code.to_owned(), json!({ "$ref": format!("#/components/examples/{}", it.code) }))
        })
        .collect();
    let mut response = json!({
        "description": lines.join("\n"),
        "content": {
            "application/problem+json": {
                "schema": { "$ref": "#/components/schemas/Problem" },
                "examples": examples,
            }
        }
    });
    if matches!(status, 429 | 503) {
        response["headers"] = json!({
            "Retry-After": {
                "description": "Seconds to wait before the next attempt.",
                "schema": { "type": "integer", "minimum": 0 },
            }
        });
    }
    response
}

/// Open for further members, since each problem may carry its own.
///
/// `code` and `type` say the same in two forms: the first is for programs, the second leads a
/// person to the page.
fn problem_schema() -> Value {
    json!({
        "type": "object",
        "description": "A problem document (RFC 9457). Programs decide by `code`; further members \
                        depend on it and are described on the page of its type.",
        "required": ["type", "title", "status", "code"],
        "properties": {
            "type": {
                "type": "string", "format": "uri-reference",
                "description": "The address of the problem's page at this service.",
            },
            "title": { "type": "string", "description": "The same each time, for developers." },
            "status": { "type": "integer", "description": "The HTTP status." },
            "code": { "type": "string", "description": "Stable machine code." },
            "detail": { "type": "string", "description": "What was wrong this time." },
            "field": { "type": "string", "description": "Which part of the request it is about." },
        },
        "additionalProperties": true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Value {
        let responses = || json!({ "200": { "description": "Fine." } });
        let body = json!({ "content": { "application/json": {} } });
        let scoped = json!([{}, { "agency": ["slots:read"] }]);
        completed(
            json!({ "openapi": "3.1.0", "components": {}, "paths": {
                "/open": { "get": { "responses": responses() } },
                "/scoped": { "get": { "responses": responses(), "security": scoped } },
                "/own": { "post": {
                    "responses": responses(), "security": [{ "citizen": [] }], "requestBody": body.clone(),
                } },
                "/token": { "post": {
                    "responses": responses(), "security": [{}, { "client": [] }],
                    "x-errors": "oauth", "requestBody": body,
                } },
            } }),
            &[],
        )
    }

    fn codes(document: &Value, path: &str, method: &str) -> Vec<String> {
        let codes = document["paths"][path][method]["x-problems"].as_array().unwrap();
        codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn each_operation_says_what_follows_from_how_it_is_called() {
        let document = document();
        let always = ["internal", "invalid-request", "rate-limited", "unavailable"];
        assert_eq!(codes(&document, "/open", "get"), always);
        assert_eq!(document["paths"]["/open"]["get"]["security"], json!([]));
        let scoped = codes(&document, "/scoped", "get");
        assert!(scoped.contains(&"forbidden".to_owned()), "{scoped:?}");
        let own = codes(&document, "/own", "post");
        for code in ["forbidden", "unauthenticated", "unsupported-media-type", "payload-too-large"]
        {
            assert!(own.iter().any(|it| it == code), "{code}: {own:?}");
        }
        assert_eq!(document["servers"][0]["url"], "/");
    }

    #[test]
    fn an_endpoint_of_oauth_answers_in_its_form_beside_what_guards_every_service() {
        let document = document();
        let always = ["internal", "invalid-request", "rate-limited", "unavailable"];
        assert_eq!(codes(&document, "/token", "post"), always);
        let responses = &document["paths"]["/token"]["post"]["responses"];
        for status in ["400", "401", "500"] {
            let schema = &responses[status]["content"]["application/json"]["schema"]["$ref"];
            assert_eq!(schema, "#/components/schemas/OAuthError", "{status}");
        }
        assert!(responses["400"]["content"].get("application/problem+json").is_some());
        assert!(document["components"]["schemas"]["OAuthError"].is_object());
    }
}
