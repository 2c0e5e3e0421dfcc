//! What is wrong with a body, in the API's words: `serde` speaks of Rust's types.
//!
//! The sentences of serde are read as text, since its errors have no fields. Tests go through each
//! kind of mistake, so a new version of serde that words one differently is noticed.

use std::{borrow::Cow, fmt::Display};

use serde_json::error::Category;

use super::invalid;
use crate::Problem;

/// `invalid-request`, about the field where reading ended. `is_json` if the body is: to `serde`, `null`
/// where a word is asked for is none.
pub(super) fn unreadable(
    error: serde_path_to_error::Error<serde_json::Error>,
    is_json: bool,
) -> Problem {
    let field = error.path().to_string();
    let error = error.into_inner();
    match error.classify() {
        Category::Data => about(&field, &without_position(&error)),
        Category::Syntax | Category::Eof if is_json && is_of_unicode(&error) => {
            let reason = "the text is no valid Unicode: JSON is UTF-8, and escapes from `\\ud800` to `\\udfff` \
                          stand in pairs";
            invalid(&field, reason)
        }
        Category::Syntax | Category::Eof if is_json => {
            invalid(&field, "must be one of the values that the API description lists")
        }
        Category::Eof if error.line() <= 1 && error.column() == 0 => {
            invalid(".", "a JSON body is missing")
        }
        Category::Eof | Category::Io => invalid(".", "the body ends before its JSON does"),
        Category::Syntax => {
            let (line, column) = (error.line(), error.column());
            invalid(".", &format!("the body is not JSON from line {line}, column {column} on"))
        }
    }
}

/// Whether a string of the body holds bytes or escapes that are no Unicode characters. `serde` does not decode strings
/// that it skips, so the check that the body is JSON passes.
fn is_of_unicode(error: &serde_json::Error) -> bool {
    let text = error.to_string();
    ["invalid unicode", "surrogate in hex escape", "end of hex escape"]
        .iter()
        .any(|sentence| text.contains(sentence))
}

/// Line and column say nothing to a program whose JSON is right.
fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(reason, _)| reason.to_owned())
}

/// `serde` has a handful of sentences (the methods of `serde::de::Error`); all others are ours. What
/// the caller sent stands in some of them and is not repeated: it may be somebody's secret.
fn about(field: &str, sentence: &str) -> Problem {
    if let Some(name) = named(sentence, "missing field `") {
        return invalid(&within(field, name), "is missing");
    }
    if let Some(name) = named(sentence, "duplicate field `") {
        return invalid(&within(field, name), "may be given only once");
    }
    let expected = sentence.rsplit_once(", expected ").map(|(_, expected)| expected);
    if sentence.starts_with("unknown field `") {
        let known = expected.unwrap_or("none").trim_start_matches("one of ");
        return invalid(field, &format!("is no field here; there are: {known}"));
    }
    if sentence.starts_with("data did not match any variant") {
        return invalid(field, "has none of the forms that the API description lists");
    }
    let is_theirs = ["invalid type: ", "invalid value: ", "invalid length ", "unknown variant `"]
        .iter()
        .any(|start| sentence.starts_with(start));
    match expected.filter(|_| is_theirs) {
        Some(expected) => invalid(field, &format!("must be {}", in_json(expected))),
        None => invalid(field, sentence),
    }
}

/// The name in backticks at the end of a sentence of serde.
fn named<'a>(sentence: &'a str, start: &str) -> Option<&'a str> {
    sentence.strip_prefix(start)?.strip_suffix('`')
}

/// The path of a field within an object; `.` is the body itself.
fn within(object: &str, name: &str) -> String {
    if object == "." { name.to_owned() } else { format!("{object}.{name}") }
}

/// `serde`'s names of the kinds of values, without those of Rust's types.
fn in_json(expected: &str) -> Cow<'_, str> {
    let (kind, rest) = expected.split_once(' ').unwrap_or((expected, ""));
    match (kind, rest) {
        ("struct" | "newtype" | "internally" | "adjacently" | "externally", _) | ("a", "map") => {
            "an object".into()
        }
        ("tuple" | "fewer", _) | ("a", "sequence") => "a list".into(),
        ("an", rest) if rest.starts_with("array ") => "a list".into(),
        ("enum" | "variant" | "field", _) => {
            "one of the values that the API description lists".into()
        }
        ("a", "boolean") => "`true` or `false`".into(),
        ("a", rest) if rest.starts_with("nonzero ") => "a whole number other than 0".into(),
        ("unit" | "option", _) => "`null` or left out".into(),
        ("f32" | "f64", _) => "a number".into(),
        ("u8", _) => whole_number(u8::MIN, u8::MAX),
        ("u16", _) => whole_number(u16::MIN, u16::MAX),
        ("u32", _) => whole_number(u32::MIN, u32::MAX),
        ("u64" | "usize", _) => "a whole number, 0 or more".into(),
        ("i8" | "i16" | "i32" | "i64" | "isize", _) => "a whole number".into(),
        _ => expected.into(),
    }
}

/// With the bounds of the type, which a caller can keep to.
fn whole_number(least: impl Display, most: impl Display) -> Cow<'static, str> {
    format!("a whole number from {least} to {most}").into()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::Value;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only what cannot be read matters")]
    struct Wanted {
        name: String,
        times: Option<Vec<String>>,
        people: Option<u8>,
        place: Option<Place>,
        either: Option<Either>,
        #[serde(default)]
        word: Word,
        #[serde(default, deserialize_with = "crate::values::or_default")]
        words: Vec<Word>,
    }

    #[derive(Debug, Deserialize, Default)]
    #[serde(rename_all = "kebab-case")]
    enum Word {
        #[default]
        One,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only what cannot be read matters")]
    struct Place {
        street: String,
        is_open: bool,
    }

    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "only what cannot be read matters")]
    enum Either {
        Number(u8),
        List(Vec<u8>),
    }

    fn told(text: &str) -> (String, Value) {
        let mut json = serde_json::Deserializer::from_str(text);
        let error = serde_path_to_error::deserialize::<_, Wanted>(&mut json).unwrap_err();
        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
        let document = unreadable(error, is_json).document();
        (document["detail"].as_str().unwrap().to_owned(), document["field"].clone())
    }

    #[test]
    fn each_sentence_of_serde_is_said_in_our_words() {
        for (json, detail) in [
            ("", "a JSON body is missing"),
            ("{\"name\": \"x\"", "the body ends before its JSON does"),
            ("{\"name\": x}", "the body is not JSON from line 1, column 10 on"),
            ("{}", "name: is missing"),
            ("{\"name\": 5}", "name: must be a string"),
            ("{\"name\": \"a\", \"name\": \"b\"}", "name: may be given only once"),
            (
                "{\"nam\": 5}",
                "nam: is no field here; there are: `name`, `times`, `people`, `place`, `either`, `word`, `words`",
            ),
            ("{\"times\": \"x, expected y\"}", "times: must be a list"),
            ("{\"times\": [\"x\", null]}", "times[1]: must be a string"),
            ("{\"people\": 256}", "people: must be a whole number from 0 to 255"),
            ("{\"people\": 1.5}", "people: must be a whole number from 0 to 255"),
            ("{\"place\": 5}", "place: must be an object"),
            ("{\"place\": [\"x\"]}", "place: must be an object"),
            ("{\"place\": {\"is_open\": 1}}", "place.is_open: must be `true` or `false`"),
            ("{\"word\": null}", "word: must be one of the values that the API description lists"),
            (
                "{\"name\": \"x\", \"words\": null, \"word\": 5}",
                "word: must be one of the values that the API description lists",
            ),
            ("{\"either\": {}}", "either: has none of the forms that the API description lists"),
        ] {
            let (said, field) = told(json);
            assert_eq!(said, detail, "{json}");
            let about = detail.split_once(": ").map(|(field, _)| field);
            assert_eq!(field.as_str(), about);
        }
    }

    #[test]
    fn a_text_that_is_no_unicode_is_called_so() {
        let texts: [&[u8]; 4] = [
            b"{\"name\": \"\xff\"}",
            br#"{"name": "\ud800"}"#,
            br#"{"name": "\udc00 x"}"#,
            br#"{"name": "\ud800\u0041"}"#,
        ];
        for text in texts {
            let document = super::super::read::<Wanted>(text).unwrap_err().document();
            let detail = document["detail"].as_str().unwrap();
            assert!(detail.starts_with("name: the text is no valid Unicode"), "{detail}");
            assert_eq!(document["field"], "name");
        }
    }
}
