//! JSON of programs that write numbers as text, lists as objects and nothing as `false`.
//!
//! A node knows its path, so that a report can say where something stood.
//!
//! PHP, in which ZMS is written, encodes an array with gaps in its keys as an object (`{"0": ..,
//! "2": ..}`), and many columns of its database are text. So each reader here says what it takes
//! for a number, a list or a flag, and everything else is `None`: a wrong type is treated as not
//! stated and never stops an import.

use serde_json::Value;

use crate::{ImportError, size::bounded};

/// A value with where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    value: &'a Value,
    path: String,
}

/// The value of a file. Nesting is bounded by the parser (128).
pub(crate) fn parse(file: &str, text: &str) -> Result<Value, ImportError> {
    bounded(file, text)?;
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str(text)
        .map_err(|error| ImportError::NotJson { file: file.to_owned(), problem: error.to_string() })
}

impl<'a> Node<'a> {
    /// The whole of a file.
    ///
    /// `file` is the name as the admin gave it. It begins every path in the report.
    pub(crate) fn root(file: &str, value: &'a Value) -> Self {
        Self { value, path: format!("{file}:") }
    }

    /// `file: a.b[0]`.
    pub(crate) fn path(&self) -> &str {
        self.path.trim_end_matches(':')
    }

    /// The path of a value below, there or not.
    pub(crate) fn below(&self, key: &str) -> String {
        let joint = if self.path.ends_with(':') { " " } else { "." };
        format!("{}{joint}{key}", self.path)
    }

    /// The raw value, for the few places where `false` and missing differ.
    pub(crate) const fn value(&self) -> &'a Value {
        self.value
    }

    /// `None` for what is missing, `null` or `false`: some write that in place of an object.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key)?;
        let is_there = !matches!(value, Value::Null | Value::Bool(false));
        is_there.then(|| Self { value, path: self.below(key) })
    }

    /// Whether there is something at `key`.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Text that is not blank, or a number as text.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        self.get(key)?.as_text()
    }

    /// This value as [`text`](Self::text).
    pub(crate) fn as_text(&self) -> Option<String> {
        let text = match self.value {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// A finite number, also one that is written as text.
    pub(crate) fn number(&self, key: &str) -> Option<f64> {
        let number: f64 = self.text(key)?.parse().ok()?;
        number.is_finite().then_some(number)
    }

    /// A whole number, also one that is written as text.
    ///
    /// `3`, `"3"` and `3.0` are whole. `3.5` is not, and neither is a number that a float cannot
    /// hold exactly: it would become a neighbour of what was meant.
    pub(crate) fn whole(&self, key: &str) -> Option<i64> {
        let text = self.text(key)?;
        text.parse().ok().or_else(|| {
            let number: f64 = text.parse().ok()?;
            // Within the numbers that a float holds exactly.
            (number.fract() == 0.0 && number.abs() < 9.0e15).then_some(number as i64)
        })
    }

    /// A whole number of a type with fewer digits.
    ///
    /// `None` if it does not fit, so a negative number of desks is as good as none.
    pub(crate) fn small<N: TryFrom<i64>>(&self, key: &str) -> Option<N> {
        N::try_from(self.whole(key)?).ok()
    }

    /// `"0"`, `""`, `"false"` and 0 are false. `None`: it is not stated.
    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        match self.value.get(key)? {
            Value::Bool(flag) => Some(*flag),
            Value::Number(number) => Some(number.as_f64() != Some(0.0)),
            Value::String(text) => Some(!matches!(text.trim(), "" | "0" | "false")),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// The entries of a list, or of an object whose keys are "0", "1", … Empty if it is neither.
    pub(crate) fn items(&self, key: &str) -> Vec<Self> {
        self.get(key).map(|list| list.each()).unwrap_or_default()
    }

    /// The entries of this list; see [`items`](Self::items).
    pub(crate) fn each(&self) -> Vec<Self> {
        let at =
            |index: &str, value: &'a Value| Self { value, path: format!("{}[{index}]", self.path) };
        match self.value {
            Value::Array(items) => {
                items.iter().enumerate().map(|(index, item)| at(&index.to_string(), item)).collect()
            }
            Value::Object(entries) if is_list(entries) => {
                let mut entries: Vec<_> = entries.iter().collect();
                entries.sort_by_key(|(index, _)| index.parse::<u64>().unwrap_or(u64::MAX));
                entries.into_iter().map(|(index, item)| at(index, item)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Every value below, with its key; entries of a list have the list's own key.
    pub(crate) fn children(&self, own_key: &str) -> Vec<(String, Self)> {
        match self.value {
            Value::Object(entries) if !is_list(entries) => {
                entries.keys().filter_map(|key| Some((key.clone(), self.get(key)?))).collect()
            }
            _ => self.each().into_iter().map(|item| (own_key.to_owned(), item)).collect(),
        }
    }
}

/// Whether an object is a list that PHP wrote with its indices. An empty object is none.
fn is_list(entries: &serde_json::Map<String, Value>) -> bool {
    !entries.is_empty() && entries.keys().all(|key| key.bytes().all(|byte| byte.is_ascii_digit()))
}
