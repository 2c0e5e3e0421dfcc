//! Every operation that the API's document names, so that a test can go over all of a kind.

use auth::Role;
use reqwest::Method;
use serde_json::{Value, json};

use super::{ApiResponse, Office, response::DOCUMENT};

/// One operation of the document.
pub struct Operation {
    pub method: Method,
    /// With an id where one belongs.
    pub path: String,
    /// The document's part about it.
    about: &'static Value,
}

/// A field of a body, also within lists and objects.
pub struct Field {
    /// As answers name it: `entitlements[0].birthdate`.
    pub name: String,
    /// What the document says of it.
    pub schema: &'static Value,
}

/// All operations, by path.
pub fn operations() -> impl Iterator<Item = Operation> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    paths.iter().flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(|(method, about)| Operation {
            method: method.to_uppercase().parse().unwrap(),
            path: with_ids(path, about),
            about,
        })
    })
}

fn with_ids(path: &str, about: &'static Value) -> String {
    list(&about["parameters"]).filter(|it| it["in"] == "path").fold(path.to_owned(), |path, it| {
        let name = it["name"].as_str().unwrap();
        path.replace(&format!("{{{name}}}"), any(present(&it["schema"])))
    })
}

/// A text that the document gives as an example or allows.
fn any(schema: &Value) -> &str {
    let example = [&schema["enum"][0], &schema["examples"][0], &schema["example"]];
    match example.into_iter().find_map(Value::as_str).unwrap_or("anything") {
        // The examples are the demo's; this office calls its own otherwise.
        "personalausweis" => "passport",
        "rathaus-mitte" => "small",
        other => other,
    }
}

fn list(value: &'static Value) -> impl Iterator<Item = &'static Value> {
    value.as_array().into_iter().flatten()
}

/// What stands behind a name, and behind "this or nothing".
fn present(schema: &'static Value) -> &'static Value {
    if let Some(name) = schema["$ref"].as_str() {
        return DOCUMENT.pointer(name.trim_start_matches('#')).unwrap();
    }
    let some = list(&schema["oneOf"]).find(|it| it["type"] != "null");
    some.map_or(schema, present)
}

/// Of which type it is, if it is not nothing.
fn kind(schema: &'static Value) -> Option<&'static str> {
    let either = list(&schema["type"]).filter_map(Value::as_str).find(|kind| *kind != "null");
    schema["type"].as_str().or(either)
}

impl Field {
    pub fn is_text(&self) -> bool {
        kind(self.schema) == Some("string")
    }
}

impl Operation {
    pub fn name(&self) -> &'static str {
        self.about["operationId"].as_str().unwrap()
    }

    /// Whether it is what every service answers, beside the API.
    pub fn is_of_every_service(&self) -> bool {
        self.about["tags"][0] == "Service"
    }

    /// The schema of its body, if it takes one.
    fn body(&self) -> Option<&'static Value> {
        let schema = &self.about["requestBody"]["content"]["application/json"]["schema"];
        (!schema.is_null()).then(|| present(schema))
    }

    /// The names of its query parameters.
    pub fn query(&self) -> Vec<&'static str> {
        let query = list(&self.about["parameters"]).filter(|it| it["in"] == "query");
        query.map(|it| it["name"].as_str().unwrap()).collect()
    }

    /// Each field of its body.
    pub fn fields(&self) -> Vec<Field> {
        let mut found = Vec::new();
        if let Some(schema) = self.body() {
            collect(schema, "", &mut found);
        }
        found
    }

    /// A body that the document allows, for the person or by the member of staff who sends it.
    pub fn sample(&self, office: &Office) -> Option<Value> {
        let schema = self.body()?;
        let fields = list(&schema["required"]).map(|name| {
            let name = name.as_str().unwrap();
            let value = match name {
                "attendee" => json!(office.attendee(&office.person())),
                _ => sample(&schema["properties"][name]),
            };
            (name.to_owned(), value)
        });
        Some(Value::Object(fields.collect()))
    }

    /// Sends it as somebody who may.
    pub async fn send(&self, office: &Office, query: &str, body: Option<Value>) -> ApiResponse {
        let caller = list(&self.about["security"]).find_map(|it| it.as_object()?.keys().next());
        let token = match caller.map(String::as_str) {
            Some("citizen") => office.token(&office.person()),
            Some("staff") => office.staff(Role::Supervisor, &["small", "nowhere"]),
            Some("agency") => office.agency("entitlements:write"),
            _ => String::new(),
        };
        let path = format!("{}{query}", self.path);
        let key = [("Idempotency-Key", "key")];
        office.send(self.method.clone(), &path, &token, &key, body).await
    }
}

fn collect(schema: &'static Value, name: &str, found: &mut Vec<Field>) {
    let schema = present(schema);
    if !name.is_empty() {
        found.push(Field { name: name.to_owned(), schema });
    }
    if kind(schema) == Some("array") {
        collect(&schema["items"], &format!("{name}[0]"), found);
    }
    for (field, schema) in schema["properties"].as_object().into_iter().flatten() {
        let name = if name.is_empty() { field.clone() } else { format!("{name}.{field}") };
        collect(schema, &name, found);
    }
    for lines in list(&schema["allOf"]).map(|part| &part["additionalProperties"]) {
        if lines.is_object() {
            collect(lines, &format!("{name}.de"), found);
        }
    }
}

fn sample(schema: &'static Value) -> Value {
    let schema = present(schema);
    match (kind(schema), schema["format"].as_str()) {
        (Some("array"), _) => json!([sample(&schema["items"])]),
        (Some("object"), _) => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            Value::Object(fields.map(|(name, it)| (name.clone(), sample(it))).collect())
        }
        (None, _) => json!({ "de": "Ein Grund." }),
        (_, Some("date")) => json!("2027-01-05"),
        (_, Some("date-time")) => json!("2027-01-05T09:00:00+01:00"),
        _ => json!(any(schema)),
    }
}

/// A body with nothing but the field called `name`.
pub fn only(name: &str, value: Value) -> Value {
    let parts: Vec<_> = name.split('.').collect();
    parts.into_iter().rev().fold(value, |value, part| match part.strip_suffix("[0]") {
        Some(list) => json!({ list: [value] }),
        None => json!({ part: value }),
    })
}
