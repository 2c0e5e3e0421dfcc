//! What every service answers besides its API: whether it lives, and what it says about itself.
//!
//! The routes are in `libs/telemetry` and in [`routes`](crate::routes); here they become part of
//! each document, which would be incomplete without them.

use serde_json::{Value, json};

/// The chapter in which they stand.
const TAG: &str = "Service";

/// Adds them to a document of handlers. [`complete`](crate::complete) then adds their problems.
pub(crate) fn add_to(document: &mut Value) {
    let chapter = json!({
        "name": TAG,
        "description": "Whether the service lives, and what it says about itself.",
    });
    match document["tags"].as_array_mut() {
        Some(tags) => tags.push(chapter),
        None => document["tags"] = json!([chapter]),
    }
    let text = |description: &str| {
        json!({
            "description": description,
            "content": { "text/plain": { "schema": { "type": "string" } } },
        })
    };
    let paths = &mut document["paths"];
    paths["/livez"]["get"] = operation(
        "readLiveness",
        "Does it live?",
        "For Kubernetes and load balancers: the process answers.",
        text("It does."),
    );
    paths["/readyz"]["get"] = operation(
        "readReadiness",
        "Is it ready?",
        "For Kubernetes and load balancers: whether it can do its work at the moment.",
        text("It is."),
    );
    paths["/openapi.json"]["get"] = operation(
        "readOpenApi",
        "Read this document",
        "OpenAPI 3.1. The same as a page to read is at `/reference`.",
        json_object("The document."),
    );
    paths["/problems/{code}"]["get"] = operation(
        "readProblemPage",
        "Read about a problem",
        "The page to which the `type` of a problem document leads.",
        json!({
            "description": "What it means and what can be done.",
            "content": { "text/html": { "schema": { "type": "string" } } },
        }),
    );
    paths["/problems/{code}"]["get"]["parameters"] = json!([{
        "name": "code", "in": "path", "required": true,
        "description": "The `code` of a problem document.",
        "schema": { "type": "string" }, "example": "rate-limited",
    }]);
}

/// Adds the description of the events that the service sends to the broker.
pub(crate) fn add_events_to(document: &mut Value) {
    document["paths"]["/asyncapi.json"]["get"] = operation(
        "readAsyncApi",
        "Read the events' document",
        "AsyncAPI 3: every event that our services send to the broker. Agencies get events by \
         webhook or feed from the notification service.",
        json_object("The document."),
    );
}

/// While a service is not ready it says which parts are missing: no problem document, since an
/// operator reads it, and written after the problems of the same status.
pub(crate) fn add_missing_parts(document: &mut Value) {
    document["paths"]["/readyz"]["get"]["responses"]["503"]["content"]["application/json"] = json!({
        "schema": {
            "type": "object",
            "description": "Why, by part of the service.",
            "additionalProperties": { "type": "string" },
        },
    });
}

/// An operation that everybody may call and that has one answer. Its problems are added with those
/// of all others.
fn operation(id: &str, summary: &str, description: &str, success: Value) -> Value {
    json!({
        "tags": [TAG], "operationId": id, "summary": summary, "description": description,
        "security": [], "responses": { "200": success },
    })
}

/// A response with any JSON object: the specifications of OpenAPI and AsyncAPI say what is in it.
fn json_object(description: &str) -> Value {
    json!({
        "description": description,
        "content": {
            "application/json": { "schema": { "type": "object", "additionalProperties": true } },
        },
    })
}
