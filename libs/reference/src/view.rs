//! The document as its page shows it.
//!
//! From nested JSON to flat structs of texts, one per box on the page, so that the template has
//! little logic and this file no HTML. What the document lacks becomes an empty text.
//!
//! Asked once per process, so clearness counts and speed does not.

use serde_json::Value;

use crate::document::METHODS;

/// Operations of one tag.
///
/// A chapter of the page. An operation without a tag of the document's list would be on no
/// page.
pub(crate) struct Section {
    /// Also the anchor of the chapter.
    pub name: String,
    pub description: String,
    pub operations: Vec<Operation>,
}

/// What one may ask, in the order in which a reader needs it: address, purpose, caller, what to
/// send, what comes back.
pub(crate) struct Operation {
    /// The `operationId`, which is the anchor and the name in generated clients.
    pub id: String,
    /// In capitals.
    pub method: String,
    /// With its parameters in braces; of a request that the service itself sends, its name.
    pub path: String,
    /// The heading, from the first line of the handler's doc comment.
    pub summary: String,
    pub description: Vec<String>,
    /// Who may call, before the kinds of caller.
    pub access: &'static str,
    /// One text per kind of caller, with its scopes: `citizen: bookings`. Empty if there is no
    /// token; where one is optional, its kinds are listed.
    pub callers: Vec<String>,
    /// Of path, query and header, as the document lists them.
    pub parameters: Vec<Field>,
    /// Of several media types the first is shown.
    pub body: Option<Body>,
    /// By status, success before problems.
    pub responses: Vec<Response>,
}

/// A parameter of a request or a member of an object.
///
/// Of a parameter `place` says where it stands, of a member it is empty; the rest means the
/// same.
pub(crate) struct Field {
    /// As it is written in URL or JSON.
    pub name: String,
    /// `path`, `query` or `header` of a parameter; empty for a member of an object.
    pub place: String,
    /// A short word for its type: see [`kind`].
    pub kind: String,
    /// Of a member: it is always there. Of a parameter: the request is refused without it.
    pub required: bool,
    pub description: String,
}

/// What to send.
pub(crate) struct Body {
    /// The name of its object, which the page links to.
    pub schema: String,
    /// Indented JSON; empty if the handler gives none.
    pub example: String,
}

/// An answer of one status. One of problems shows these and nothing else: their description
/// would repeat them.
pub(crate) struct Response {
    /// Three digits.
    pub status: String,
    pub description: String,
    /// Empty if it has no body, or one of problems.
    pub schema: String,
    pub example: String,
    /// Code and title.
    ///
    /// The page links each to its own page.
    pub problems: Vec<(String, String)>,
}

/// An object of requests and answers, with a box of its own that others link to.
pub(crate) struct Schema {
    pub name: String,
    pub description: String,
    pub kind: String,
    /// Empty for what is no object, such as an enum: then `kind` says all.
    pub fields: Vec<Field>,
}

/// The operations of each tag, in the document's order of tags.
///
/// A tag without operations is shown with its description alone.
pub(crate) fn sections(document: &Value) -> Vec<Section> {
    let tags = document["tags"].as_array().into_iter().flatten();
    tags.map(|tag| {
        let name = text(&tag["name"]);
        Section {
            operations: operations(document, &name),
            description: text(&tag["description"]),
            name,
        }
    })
    .collect()
}

/// In the order of the document's paths, then of its methods; then what the service itself asks of
/// others, by the name of the webhook.
fn operations(document: &Value, tag: &str) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, item) in entries(&document["paths"]).chain(entries(&document["webhooks"])) {
        for (method, operation) in entries(item) {
            let tags = operation["tags"].as_array();
            let belongs = tags.is_some_and(|tags| tags.iter().any(|it| it == tag));
            if belongs && METHODS.contains(&method.as_str()) {
                found.push(operation_of(
                    method,
                    path,
                    operation,
                    &document["components"]["examples"],
                ));
            }
        }
    }
    found
}

/// `known` are the document's examples, which have the titles of problems.
fn operation_of(method: &str, path: &str, operation: &Value, known: &Value) -> Operation {
    let callers = operation["security"].as_array().into_iter().flatten().flat_map(|either| {
        entries(either).map(|(caller, scopes)| {
            let scopes: Vec<_> =
                scopes.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            if scopes.is_empty() {
                caller.clone()
            } else {
                format!("{caller}: {}", scopes.join(" "))
            }
        })
    });
    Operation {
        id: text(&operation["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(&operation["summary"]),
        description: paragraphs(&operation["description"]),
        access: access(&operation["security"]),
        callers: callers.collect(),
        parameters: operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .map(parameter)
            .collect(),
        body: operation.get("requestBody").map(|body| {
            let (_, media) = entries(&body["content"]).next().unzip();
            let media = media.unwrap_or(&Value::Null);
            Body { schema: kind(&media["schema"]), example: pretty(&media["example"]) }
        }),
        responses: entries(&operation["responses"])
            .map(|(status, it)| response(status, it, known))
            .collect(),
    }
}

/// Who may call. An empty member says that it works without (OpenAPI 3.1 section 4.8.30); a client of the
/// token endpoint then proves itself in the form.
fn access(security: &Value) -> &'static str {
    let either: Vec<_> = security.as_array().into_iter().flatten().collect();
    let is_optional = either.iter().any(|one| entries(one).next().is_none());
    let mut named = either.iter().flat_map(|one| entries(one));
    match (is_optional, named.next()) {
        (_, None) => "Open to everybody.",
        (true, Some((name, _))) if name == "client" => "Needs a client, by its form or as: ",
        (true, Some(_)) => "Open to everybody; with a token: ",
        (false, Some(_)) => "Needs a token: ",
    }
}

/// Those of the path are always required (OpenAPI 3.1 section 4.8.12).
fn parameter(parameter: &Value) -> Field {
    Field {
        name: text(&parameter["name"]),
        place: text(&parameter["in"]),
        kind: kind(&parameter["schema"]),
        required: parameter["required"] == true,
        description: text(&parameter["description"]),
    }
}

/// Of several media types the first is shown.
fn response(status: &str, response: &Value, known: &Value) -> Response {
    let problems = entries(&response["content"]["application/problem+json"]["examples"]);
    let problems: Vec<_> =
        problems.map(|(code, _)| (code.clone(), text(&known[code]["summary"]))).collect();
    let media = entries(&response["content"]).map(|(_, media)| media).next();
    Response {
        status: status.to_owned(),
        description: if problems.is_empty() {
            text(&response["description"])
        } else {
            String::new()
        },
        schema: media
            .filter(|_| problems.is_empty())
            .map_or_else(String::new, |it| kind(&it["schema"])),
        example: media.map_or_else(String::new, |it| pretty(&it["example"])),
        problems,
    }
}

/// The objects that requests and answers are made of.
///
/// In the document's order, also those that only other objects refer to.
pub(crate) fn schemas(document: &Value) -> Vec<Schema> {
    entries(&document["components"]["schemas"])
        .map(|(name, schema)| Schema {
            name: name.clone(),
            description: text(&schema["description"]),
            kind: kind(schema),
            fields: fields(schema),
        })
        .collect()
}

/// Of a flattened object those of all its parts, its own first.
fn fields(schema: &Value) -> Vec<Field> {
    let required = schema["required"].as_array();
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|it| it == name));
    let parts = schema["allOf"].as_array().into_iter().flatten().flat_map(fields);
    entries(&schema["properties"])
        .map(|(name, field)| Field {
            name: name.clone(),
            place: String::new(),
            kind: kind(field),
            required: is_required(name),
            description: text(&field["description"]),
        })
        .chain(parts)
        .collect()
}

/// A short word for what a value is: `string (date-time)`, `SlotFree[]`.
///
/// References by their last part, choices with "or", lists with `[]`, enums by their values. A
/// pattern is shown where there is no format.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str() {
        return name.rsplit('/').next().unwrap_or_default().to_owned();
    }
    if let Some(any) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
        return any.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    if let Some(all) = schema["allOf"].as_array() {
        return all.iter().map(kind).collect::<Vec<_>>().join(" and ");
    }
    let types: Vec<_> = match &schema["type"] {
        Value::Array(types) => types.iter().map(text).collect(),
        other => vec![text(other)],
    };
    let base = types.join(" or ");
    if base == "array" {
        return format!("{}[]", kind(&schema["items"]));
    }
    if let Some(values) = schema["enum"].as_array() {
        return values.iter().map(|it| format!("“{}”", text(it))).collect::<Vec<_>>().join(" ");
    }
    match schema["format"].as_str().or(schema["pattern"].as_str()) {
        Some(format) => format!("{base} ({format})"),
        None => base,
    }
}

/// None if it is no object.
fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// Empty if it is no text.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Blank lines separate them, as in Markdown.
pub(crate) fn paragraphs(value: &Value) -> Vec<String> {
    let parts = value.as_str().unwrap_or_default().split("\n\n");
    parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Empty if there is none.
fn pretty(example: &Value) -> String {
    match example {
        Value::Null => String::new(),
        example => serde_json::to_string_pretty(example).expect("JSON can be written"),
    }
}

/// Text in pieces: every second one stood between backticks.
///
/// The only Markdown that our texts use; an odd backtick makes the rest code, which the author
/// sees.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = (bool, &str)> {
    text.split('`').enumerate().map(|(place, piece)| (place % 2 == 1, piece))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn who_may_call_is_said_as_the_document_says_it() {
        for (security, says, callers) in [
            (json!(null), "Open to everybody.", vec![]),
            (json!([]), "Open to everybody.", vec![]),
            (json!([{}]), "Open to everybody.", vec![]),
            (
                json!([{}, {"agency": ["slots:read"]}]),
                "Open to everybody; with a token: ",
                vec!["agency: slots:read"],
            ),
            (
                json!([{"agency": []}, {"citizen": ["bookings"]}]),
                "Needs a token: ",
                vec!["agency", "citizen: bookings"],
            ),
            (json!([{}, {"client": []}]), "Needs a client, by its form or as: ", vec!["client"]),
        ] {
            let operation = json!({ "security": security });
            let shown = operation_of("get", "/", &operation, &Value::Null);
            assert_eq!((shown.access, shown.callers.join(", ")), (says, callers.join(", ")));
        }
    }
}
