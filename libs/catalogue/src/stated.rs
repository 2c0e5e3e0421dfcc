//! What is said about a service elsewhere, with where and when it is said.
//!
//! People come unprepared, or pay too little, because of what a page says. So a fact without a
//! source is no fact: it is left out, and the portal says that it is not stated.

use std::{borrow::Cow, fmt};

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::Texts;

/// A page that says something, and when it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Source {
    /// The page.
    #[schemars(url)]
    pub url: String,
    /// When it said so: a day, a month or a year, as exactly as it is known. Quote it.
    pub as_of: AsOf,
}

/// A sentence with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Stated {
    /// The sentence, by language.
    pub text: Texts,
    /// Who says so.
    pub source: Source,
}

/// A way to do it without a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Online {
    /// Where it is done.
    #[schemars(url)]
    pub url: String,
    /// Who says that this is possible.
    pub source: Source,
}

/// A day, a month or a year: `2027-01-04`, `2027-01`, `2027`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AsOf(String);

impl AsOf {
    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text is no day, month or year. The text is for the admin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no day, month or year; write \"2027-01-04\", \"2027-01\" or \"2027\"")]
pub struct InvalidAsOf(String);

impl TryFrom<String> for AsOf {
    type Error = InvalidAsOf;
    fn try_from(text: String) -> Result<Self, InvalidAsOf> {
        let day = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            _ => text.clone(),
        };
        let is_plain = day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        if is_plain && day.len() == 10 && day.parse::<Date>().is_ok() {
            Ok(Self(text))
        } else {
            Err(InvalidAsOf(text))
        }
    }
}

impl From<AsOf> for String {
    fn from(as_of: AsOf) -> Self {
        as_of.0
    }
}

impl fmt::Display for AsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl JsonSchema for AsOf {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "AsOf".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
            "examples": ["2027-01-04"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_a_month_and_a_year_are_told_apart_from_nonsense() {
        for text in ["2027-01-04", "2027-01", "2027"] {
            assert_eq!(AsOf::try_from(text.to_owned()).unwrap().as_str(), text);
        }
        for text in ["", "27", "2027-13", "2027-02-30", "today", "2027-1-4", "2027-01-04T00:00:00Z"]
        {
            let error = AsOf::try_from(text.to_owned()).unwrap_err();
            assert!(error.to_string().contains("is no day, month or year"), "{error}");
        }
    }
}
