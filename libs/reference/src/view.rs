//! The document as its page shows it.

use serde_json::Value;

use crate::document::METHODS;

/// Operations of one tag.
pub(crate) struct Section {
    pub name: String,
    pub description: String,
    pub operations: Vec<Operation>,
}

pub(crate) struct Operation {
    pub id: String,
    pub method: String,
    pub path: String,
    pub summary: String,
    pub description: Vec<String>,
    pub callers: Vec<String>,
    pub parameters: Vec<Field>,
    pub body: Option<Body>,
    pub responses: Vec<Response>,
}

/// A parameter of a request or a member of an object.
pub(crate) struct Field {
    pub name: String,
    pub place: String,
    pub kind: String,
    pub required: bool,
    pub description: String,
}

pub(crate) struct Body {
    pub schema: String,
    pub example: String,
}

pub(crate) struct Response {
    pub status: String,
    pub description: String,
    pub schema: String,
    pub example: String,
    /// Code and title.
    pub problems: Vec<(String, String)>,
}

pub(crate) struct Schema {
    pub name: String,
    pub description: String,
    pub kind: String,
    pub fields: Vec<Field>,
}

/// The operations of each tag, in the document's order of tags.
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

fn operations(document: &Value, tag: &str) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, item) in entries(&document["paths"]) {
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
        callers: callers.collect(),
        parameters: operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .map(parameter)
            .collect(),
        body: operation.get("requestBody").map(|body| {
            let media = &body["content"]["application/json"];
            Body { schema: kind(&media["schema"]), example: pretty(&media["example"]) }
        }),
        responses: entries(&operation["responses"])
            .map(|(status, it)| response(status, it, known))
            .collect(),
    }
}

fn parameter(parameter: &Value) -> Field {
    Field {
        name: text(&parameter["name"]),
        place: text(&parameter["in"]),
        kind: kind(&parameter["schema"]),
        required: parameter["required"] == true,
        description: text(&parameter["description"]),
    }
}

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

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

pub(crate) fn paragraphs(value: &Value) -> Vec<String> {
    let parts = value.as_str().unwrap_or_default().split("\n\n");
    parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn pretty(example: &Value) -> String {
    match example {
        Value::Null => String::new(),
        example => serde_json::to_string_pretty(example).expect("JSON can be written"),
    }
}

/// Text in pieces: every second one stood between backticks.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = (bool, &str)> {
    text.split('`').enumerate().map(|(place, piece)| (place % 2 == 1, piece))
}
