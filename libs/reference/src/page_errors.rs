//! Operations that a person's browser is sent to: what goes wrong there is a page to read. A handler says
//! so by `extensions(("x-errors" = json!("page")))`.

use serde_json::{Value, json};

/// Whether the errors of this operation are pages.
pub(crate) fn is_meant(operation: &Value) -> bool {
    operation["x-errors"] == "page"
}

/// Adds the page beside what guards every service, which answers with problem documents.
pub(crate) fn add_errors(operation: &mut Value) {
    let response = &mut operation["responses"]["400"];
    response["content"]["text/html"] = json!({ "schema": { "type": "string" } });
}
