//! Endpoints whose errors have the form of OAuth (RFC 6749 section 5.2) instead of a problem
//! document. A handler says so by `extensions(("x-errors" = json!("oauth")))`.
//!
//! OAuth's clients are written against RFC 6749 and know nothing of problem documents. What guards
//! every service (rate, length, our own time) answers before a handler is reached, by problem documents,
//! and is documented beside these. Only a form that comes too slowly is the client's mistake, and told so.

use serde_json::{Value, json};

/// Whether the errors of this operation are OAuth's.
pub(crate) fn is_meant(operation: &Value) -> bool {
    operation["x-errors"] == "oauth"
}

/// Adds the errors beside what guards every service, which answers with problem documents.
pub(crate) fn add_errors(operation: &mut Value) {
    let answers = [
        ("400", "The request is refused; `error` says why."),
        ("401", "The client did not prove itself (`invalid_client`)."),
        ("408", "The form came too slowly (`invalid_request`); nothing was done."),
        ("500", "Something went wrong on our side (`server_error`)."),
    ];
    for (status, description) in answers {
        let response = &mut operation["responses"][status];
        response["description"] = description.into();
        response["content"]["application/json"] =
            json!({ "schema": { "$ref": "#/components/schemas/OAuthError" } });
    }
}

/// Added to a document only if an operation refers to it.
pub(crate) fn schema() -> Value {
    json!({
        "type": "object",
        "description": "An error of OAuth 2.0 (RFC 6749 section 5.2).",
        "required": ["error", "error_description"],
        "properties": {
            "error": {
                "type": "string", "example": "invalid_grant",
                "description": "The code: of RFC 6749, 8693, 8707, 9126 or 9449.",
            },
            "error_description": { "type": "string", "description": "For developers." },
        },
    })
}
