//! YAML with comments. serde writes the values, so that each text is quoted as it must be.

use std::fmt::Write as _;

use serde::Serialize;
use serde_norway::{Mapping, Value};

/// A map in the order in which keys are put.
#[derive(Debug, Clone, Default)]
pub(super) struct Map(Mapping);

impl Map {
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

/// A text that grows by entries with comments.
#[derive(Debug, Default)]
pub(super) struct Page(String);

impl Page {
    /// A comment, wrapped by whoever writes it; each line of it is one.
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
        let map = Map::default().with(key, value);
        let text = serde_norway::to_string(&Value::from(map)).unwrap_or_default();
        for line in text.lines() {
            // A blank line within a text stays blank.
            let indent = if line.is_empty() { 0 } else { indent };
            let _ = writeln!(self.0, "{:indent$}{line}", "");
        }
    }

    pub(super) fn line(&mut self) {
        self.0.push('\n');
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }
}
