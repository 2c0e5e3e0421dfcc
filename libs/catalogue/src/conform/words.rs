//! What is said of a value that does not fit: `(what is wrong, what is right)`.
//!
//! Each sentence goes on after a path: "catalogue.locations.a.desks: `70` is not allowed; use 1 to
//! 64". So problems begin with what stands there, and remedies with a verb.

use serde_json::Value;

use crate::nearest::nearest;

/// Longer texts are cut: the path says where they are.
const MOST_LETTERS: usize = 60;

/// Texts under such a name are not repeated outside the catalogue, which is public.
const SECRET_WORDS: [&str; 9] =
    ["secret", "password", "passwort", "key", "token", "credential", "seed", "redis", "env"];

/// What is wrong, and what would be right.
type Sentence = (String, String);

/// The value is of another kind. A number in quotes is the commonest case, and gets a hint of its
/// own.
pub(super) fn another_type(path: &str, value: &Value, schema: &Value) -> Sentence {
    let is = match value {
        Value::Null => return ("is empty".to_owned(), format!("write {}", expected(schema))),
        Value::Bool(_) => "is a yes or no",
        Value::Number(_) => "is a number",
        Value::String(_) => "is a text",
        Value::Array(_) => "is a list",
        Value::Object(_) => "is a map",
    };
    let problem = match told(path, value) {
        Some(told) => format!("{told} {is}"),
        None => is.to_owned(),
    };
    let is_number_in_quotes = value.as_str().is_some_and(|text| text.parse::<i64>().is_ok());
    let quotes = if is_number_in_quotes && names(schema).contains(&"integer") {
        ", without quotes"
    } else {
        ""
    };
    (problem, format!("write {}{quotes}", expected(schema)))
}

/// The value is none of an `enum`. A word that is nearly one of them is answered with that one,
/// else with the list.
pub(super) fn not_a_choice(path: &str, value: &Value, allowed: &[Value]) -> Sentence {
    let problem = match told(path, value) {
        Some(told) => format!("{told} is not allowed"),
        None => "is not allowed".to_owned(),
    };
    let words: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
    let meant = value.as_str().and_then(|text| nearest(text, &words));
    let remedy = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("use {}", choice(allowed)),
    };
    (problem, remedy)
}

/// The first sentence about it, as a reminder of what belongs there.
pub(super) fn missing(schema: &Value) -> Sentence {
    ("is missing".to_owned(), format!("add it: {}", what_it_is(schema)))
}

/// What is said of a key that a schema does not have.
pub const NO_SUCH_KEY: &str = "there is no such key";

/// A key that the map cannot have. `known` is empty where keys are ids of an admin's own: then
/// their form is wrong.
pub(super) fn unknown_key(key: &str, schema: &Value) -> Sentence {
    let known = keys(schema);
    if known.is_empty() {
        let remedy = "write lower-case letters, digits and hyphens, with a letter first";
        return ("is not a name that can stand here".to_owned(), remedy.to_owned());
    }
    let remedy = match nearest(key, &known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("use {}", listed(&known)),
    };
    // Where the chart's own keys stand, a place for YAML anchors is often meant.
    let has_own =
        schema["patternProperties"].as_object().is_some_and(|own| own.contains_key("^x-"));
    let own = if has_own { "; a key of your own begins with `x-`" } else { "" };
    (NO_SUCH_KEY.to_owned(), format!("{remedy}{own}"))
}

/// Those that the schema names.
fn keys(schema: &Value) -> Vec<&str> {
    let properties = schema["properties"].as_object();
    properties.map(|named| named.keys().map(String::as_str).collect()).unwrap_or_default()
}

/// For a map that must have some key and has none, or has more than it may.
pub(super) fn wrong_number_of_keys(count: usize, schema: &Value) -> Sentence {
    let known = keys(schema);
    let problem = if count == 0 { "says nothing" } else { "says too much" };
    (problem.to_owned(), format!("write one of {}", listed(&known)))
}

/// With the schema's first example, if it has one.
pub(super) fn empty_list(schema: &Value) -> Sentence {
    let example = schema["examples"].as_array().and_then(|examples| examples.first());
    let example = example.map(|example| format!(", for example {example}")).unwrap_or_default();
    ("is empty".to_owned(), format!("write at least one{example}"))
}

/// The text does not match its pattern. A pattern helps few admins, so an example comes first.
pub(super) fn another_form(path: &str, text: &str, schema: &Value) -> Sentence {
    let problem = match told(path, &Value::String(text.to_owned())) {
        Some(told) => format!("{told} does not have the right form"),
        None => "does not have the right form".to_owned(),
    };
    let example = schema["examples"].as_array().and_then(|examples| examples.first()?.as_str());
    let remedy = match (example, schema["pattern"].as_str()) {
        (Some(example), _) => format!("write for example `{example}`"),
        (None, Some(pattern)) if pattern.starts_with("^[a-z") => {
            "write lower-case letters, digits and hyphens, with a letter first".to_owned()
        }
        (None, pattern) => format!("it must match {}", pattern.unwrap_or_default()),
    };
    (problem, remedy)
}

/// A number below or above its bounds, which are named.
pub(super) fn out_of_bounds(value: &Value, schema: &Value) -> Sentence {
    let bound = |key: &str| schema[key].as_i64();
    let remedy = match (bound("minimum"), bound("maximum")) {
        (Some(least), Some(most)) => format!("use {least} to {most}"),
        (None, Some(most)) => format!("use at most {most}"),
        (Some(least), None) => format!("use at least {least}"),
        (None, None) => String::new(),
    };
    (format!("{value} is not allowed"), remedy)
}

/// A value stands where the schema wants a reference to a Secret. The value is not repeated: it may
/// be the real one.
pub(super) fn no_secret() -> Sentence {
    (
        "a secret is not written here".to_owned(),
        "put it into the service's Secret and write `{file: /run/secrets/fairtermin/KEY}`"
            .to_owned(),
    )
}

/// The first sentence of its description, to be read within a sentence.
pub(super) fn what_it_is(schema: &Value) -> String {
    let text = schema["description"].as_str().unwrap_or("it is required");
    let sentence = text.split(". ").next().unwrap_or(text).trim_end_matches('.');
    let mut letters = sentence.chars();
    match (letters.next(), letters.clone().next()) {
        // `OpenID` and the like keep their capitals.
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => sentence.to_owned(),
    }
}

/// What the schema wants, as an object of `write`.
fn expected(schema: &Value) -> String {
    if let Some(allowed) = schema["enum"].as_array() {
        return choice(allowed);
    }
    let bounds = match (schema["minimum"].as_i64(), schema["maximum"].as_i64()) {
        (Some(least), Some(most)) => format!(" from {least} to {most}"),
        (None, Some(most)) => format!(" up to {most}"),
        (Some(least), None) => format!(" from {least} on"),
        (None, None) => String::new(),
    };
    let example = schema["examples"].as_array().and_then(|examples| examples.first());
    let example = example.map(|example| format!(", for example {example}")).unwrap_or_default();
    let words = names(schema).into_iter().filter_map(|name| match name {
        "integer" => Some(format!("a whole number{bounds}")),
        "number" => Some(format!("a number{bounds}")),
        "string" => Some(format!("a text in quotes{example}")),
        "boolean" => Some("`true` or `false`".to_owned()),
        "array" => Some(format!("a list{example}")),
        "object" => Some("a map of keys and values".to_owned()),
        _ => None,
    });
    words.collect::<Vec<_>>().join(" or ")
}

/// The schema's types.
fn names(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => vec![],
    }
}

/// `a`, `b` or `c`; an absent value is no choice that one writes.
fn choice(allowed: &[Value]) -> String {
    let words = allowed.iter().filter(|one| !one.is_null()).map(|one| match one {
        Value::String(text) => format!("`{text}`"),
        other => other.to_string(),
    });
    alternatives(&words.collect::<Vec<_>>())
}

/// The same for keys.
fn listed(known: &[&str]) -> String {
    alternatives(&known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>())
}

/// A list of all languages is too long for a sentence.
const LONG: usize = 50;
/// How many of a long list are named.
const SHOWN: usize = 6;

/// A list as it is read within a sentence, cut if it is long.
fn alternatives(words: &[String]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        long if long.len() > LONG => {
            format!("{} or one of {} more", long[..SHOWN].join(", "), long.len() - SHOWN)
        }
        [before @ .., last] => format!("{} or {last}", before.join(", ")),
    }
}

/// The value as it may be repeated; `None` if it may not, or is too large.
fn told(path: &str, value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Array(_) | Value::Object(_) => None,
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::String(text) => {
            let lower = path.to_lowercase();
            let public = lower.starts_with("catalogue");
            let secret = !public && SECRET_WORDS.iter().any(|word| lower.contains(word));
            let names_a_user = text.contains("://") && text.contains('@');
            let cut: String = text.chars().take(MOST_LETTERS).collect();
            let rest = if cut.len() < text.len() { "..." } else { "" };
            (!secret && !names_a_user).then(|| format!("`{cut}{rest}`"))
        }
    }
}
