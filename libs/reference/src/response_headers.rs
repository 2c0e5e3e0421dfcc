//! Headers of answers, in the API's document. They follow from how an operation is called, so they are
//! described here once.

use serde_json::{Value, json};

/// Adds the headers of answers: `ETag` where what is read takes `If-None-Match`, and what is left of a caller's requests.
///
/// For a service whose API below `/v1` and `/fhir` is wrapped in `auth::rate_limit_headers`.
///
/// ```
/// use serde_json::json;
///
/// let mut document = json!({ "paths": { "/v1/holds": { "get": {
///     "security": [{ "citizen": [] }], "responses": { "200": {} },
/// }}}});
/// reference::describe_headers(&mut document);
/// let answer = &document["paths"]["/v1/holds"]["get"]["responses"]["200"];
/// assert!(answer["headers"]["RateLimit"].is_object());
/// assert!(answer["headers"]["ETag"].is_null());
/// ```
pub fn describe_headers(document: &mut Value) {
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (path, item) in paths {
        let is_counted = path.starts_with("/v1") || path.starts_with("/fhir");
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            // Where something is made, the header asks for a new thing (RFC 9110 section 13.1.2).
            let is_conditional = method == "get" && is_conditional(operation);
            let is_counted = is_counted && takes_token(operation);
            let responses = operation["responses"].as_object_mut().into_iter().flatten();
            for (status, response) in responses {
                if is_conditional && ["200", "304"].contains(&status.as_str()) {
                    response["headers"]["ETag"] = entity_tag();
                }
                if is_counted && (status.starts_with('2') || status == "429") {
                    response["headers"]["RateLimit-Policy"] = text(
                        "How many requests a caller with a token has: `q` in `w` seconds.",
                        "\"caller\";q=600;w=60",
                    );
                    response["headers"]["RateLimit"] = text(
                        "What is left: `r` requests; all of them again in `t` seconds.",
                        "\"caller\";r=599;t=1",
                    );
                }
            }
        }
    }
}

fn is_conditional(operation: &Value) -> bool {
    let mut parameters = operation["parameters"].as_array().into_iter().flatten();
    parameters.any(|parameter| parameter["name"] == "If-None-Match")
}

fn takes_token(operation: &Value) -> bool {
    let mut callers = operation["security"].as_array().into_iter().flatten();
    callers.any(|caller| caller.as_object().is_some_and(|caller| !caller.is_empty()))
}

fn entity_tag() -> Value {
    text("Of this content, weak: send it as `If-None-Match`.", "W/\"5f3a\"")
}

fn text(description: &str, example: &str) -> Value {
    json!({ "description": description, "schema": { "type": "string" }, "example": example })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_has_a_tag_and_what_is_made_has_none() {
        let operation =
            || json!({ "parameters": [{ "name": "If-None-Match" }], "responses": { "200": {} } });
        let mut document =
            json!({ "paths": { "/v1/x": { "get": operation(), "post": operation() } } });
        describe_headers(&mut document);
        let has_tag = |method: &str| {
            let answer = &document["paths"]["/v1/x"][method]["responses"]["200"];
            answer["headers"]["ETag"].is_object()
        };
        assert!(has_tag("get") && !has_tag("post"));
    }
}
