//! YAML with comments.
//!
//! Helm reads YAML 1.1 and our reader YAML 1.2, so texts are quoted that either takes for something
//! else: `no`, `on`, `01067`, `2027-01-04`.

use std::fmt::Write as _;

use serde::Serialize;
use serde_norway::{Mapping, Value};

/// A map in the order in which keys are put.
#[derive(Debug, Clone, Default)]
pub(super) struct Map(Mapping);

impl Map {
    /// A key that is there already keeps its place and gets the new value.
    pub(super) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.into(), value.into());
        self
    }

    /// Leaves the key out if there is nothing.
    pub(super) fn with_some(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Leaves the key out if the list is empty.
    pub(super) fn with_all(self, key: &str, values: Vec<Value>) -> Self {
        if values.is_empty() { self } else { self.with(key, values) }
    }

    /// Whether no key was put in; a section without keys is left out of the file.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entries in their order.
    pub(super) fn into_entries(self) -> Vec<(String, Value)> {
        let entry = |(key, value): (Value, Value)| Some((key.as_str()?.to_owned(), value));
        self.0.into_iter().filter_map(entry).collect()
    }

    /// `None` if there is nothing in it.
    pub(super) fn filled(self) -> Option<Value> {
        (!self.is_empty()).then(|| self.into())
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Self::Mapping(map.0)
    }
}

/// What serde makes of a value that it can always write.
pub(super) fn value(of: &impl Serialize) -> Value {
    serde_norway::to_value(of).unwrap_or(Value::Null)
}

/// What serde makes of a value, in block style, with a line feed at its end. Helm reads it as every other reader.
#[must_use]
pub fn as_yaml(of: &impl Serialize) -> String {
    block(&value(of)).into_iter().map(|line| line + "\n").collect()
}

/// A text that grows by entries with comments.
#[derive(Debug, Default)]
pub(super) struct Page(String);

impl Page {
    /// A comment, a line for each line of `text`. It is not wrapped here.
    pub(super) fn comment(&mut self, indent: usize, text: &str) {
        for line in text.lines() {
            let line = format!("# {}", line.replace(char::is_control, " "));
            // Writing to a String cannot fail.
            let _ = writeln!(self.0, "{:indent$}{}", "", line.trim_end());
        }
    }

    /// `key:` alone.
    pub(super) fn key(&mut self, indent: usize, key: &str) {
        let _ = writeln!(self.0, "{:indent$}{key}:", "");
    }

    /// `key: value`, over several lines if need be.
    pub(super) fn entry(&mut self, indent: usize, key: &str, value: impl Into<Value>) {
        for line in pair(&key.into(), &value.into()) {
            let _ = writeln!(self.0, "{:indent$}{line}", "");
        }
    }

    /// A blank line, between two sections.
    pub(super) fn line(&mut self) {
        self.0.push('\n');
    }

    /// The file, with a line feed at its end.
    pub(super) fn into_text(self) -> String {
        self.0
    }
}

/// Words that are no texts without quotes, in lower case.
const NO_TEXTS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

/// What may stand in a text without quotes, beside letters and digits.
const PLAIN: [char; 8] = [' ', '-', '_', '.', ',', '/', '(', ')'];

/// The lines of a value in block style.
fn block(value: &Value) -> Vec<String> {
    match value {
        Value::Mapping(map) if !map.is_empty() => {
            map.iter().flat_map(|(key, value)| pair(key, value)).collect()
        }
        Value::Sequence(items) if !items.is_empty() => {
            items.iter().flat_map(|item| indented("- ", block(item))).collect()
        }
        _ => vec![scalar(value)],
    }
}

/// The lines of an entry of a map.
fn pair(key: &Value, value: &Value) -> Vec<String> {
    let (key, inner) = (scalar(key), block(value));
    let below = match value {
        Value::Mapping(map) if !map.is_empty() => indented("  ", inner),
        Value::Sequence(items) if !items.is_empty() => inner,
        _ => return vec![format!("{key}: {}", inner.concat())],
    };
    [vec![format!("{key}:")], below].concat()
}

/// `first` stands before the first line, blanks before the others.
fn indented(first: &str, lines: Vec<String>) -> Vec<String> {
    let indent = |(index, line): (usize, String)| {
        let before = if index == 0 { first } else { "  " };
        format!("{before}{line}")
    };
    lines.into_iter().enumerate().map(indent).collect()
}

/// A value on one line.
fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) if is_plain(text) => text.clone(),
        Value::String(text) => quoted(text),
        // Numbers, answers, and what is empty.
        other => serde_norway::to_string(other).unwrap_or_default().trim_end().to_owned(),
    }
}

/// Whether a text is the same text without quotes, by YAML 1.1 and 1.2.
fn is_plain(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && !text.ends_with(' ')
        && text.chars().all(|letter| letter.is_alphanumeric() || PLAIN.contains(&letter))
        && !NO_TEXTS.contains(&text.to_lowercase().as_str())
}

/// In double quotes, the one form of YAML in which every character can be escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // Line breaks of YAML 1.1, and what no file of YAML may have.
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            _ if letter.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            _ => quoted.push(letter),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without its line break.
    fn written(text: &str) -> String {
        let mut page = Page::default();
        page.entry(0, "key", text);
        page.into_text().trim_end().to_owned()
    }

    #[test]
    fn texts_that_yaml_1_1_takes_for_something_else_are_quoted() {
        for text in [
            "no",
            "On",
            "y",
            "OFF",
            "null",
            "~",
            "01067",
            "1_000",
            "0x1f",
            "1:30",
            "12e3",
            ".inf",
            "2027-01-04",
            "<<",
            "=",
            "",
            " a",
            "a ",
            "- a",
            "a: b",
            "a #b",
            "*a",
            "&a",
            "!a",
        ] {
            let line = written(text);
            assert!(line.starts_with("key: \"") && line.ends_with('"'), "{line}");
        }
        assert_eq!(written("Bürgeramt Süd (Haus 2)"), "key: Bürgeramt Süd (Haus 2)");
    }

    #[test]
    fn keys_that_yaml_1_1_takes_for_something_else_are_quoted() {
        let key = serde_json::json!([{"keys": [{"kty": "EC", "x": "no", "y": "1e5"}]}]);
        let written = "- keys:\n  - kty: EC\n    x: \"no\"\n    \"y\": \"1e5\"\n";
        assert_eq!(as_yaml(&key), written);
    }

    proptest::proptest! {
        #[test]
        fn every_text_is_read_as_it_was(text in "\\PC{0,12}|[\\x00-\\x7f\\u{80}-\\u{a0}\\u{2028}]{0,8}") {
            let read: Value = serde_norway::from_str(&written(&text)).unwrap();
            proptest::prop_assert_eq!(read["key"].as_str(), Some(text.as_str()));
        }
    }

    #[test]
    fn lists_and_maps_are_read_as_they_were() {
        let text = "a:\n  b: [1, {c: x, d: []}, [2]]\n  e: {}\n  f: 2.5\n  g: true\n";
        let value: Value = serde_norway::from_str(text).unwrap();
        let mut page = Page::default();
        page.entry(4, "key", value.clone());
        let read: Value = serde_norway::from_str(&page.into_text()).unwrap();
        assert_eq!(read["key"], value);
    }
}
