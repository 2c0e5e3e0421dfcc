//! What people call a service.

use std::{borrow::Cow, collections::BTreeMap};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use vocabulary::Language;

/// The longest keyword, in letters.
const LONGEST: usize = 60;

/// The most keywords of a language. The search compares each with what is typed.
const MOST: usize = 60;

/// Words and short phrases by language: `{de: [Perso, Ausweis verloren], en: [ID card]}`.
///
/// What people type who look for the service: everyday words, other names of it, the occasion
/// ("Umzug"). Forms and misspellings of a word need not be listed; the search knows them. No language
/// is required, and none falls back to another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<Language, Vec<String>>", into = "BTreeMap<Language, Vec<String>>")]
pub struct Keywords(BTreeMap<Language, Vec<String>>);

impl Keywords {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.values().all(Vec::is_empty)
    }

    /// Every keyword with its language, German first.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &str)> {
        self.0
            .iter()
            .flat_map(|(language, words)| words.iter().map(move |word| (*language, word.as_str())))
    }
}

/// Why keywords are refused. The text is for the admin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKeywords {
    /// A keyword is empty.
    #[error("a keyword in `{0}` is empty; write it or leave it out")]
    Empty(Language),
    /// A keyword is a sentence.
    #[error(
        "a keyword in `{0}` is longer than {LONGEST} letters; write the words that people type"
    )]
    TooLong(Language),
    /// There are too many.
    #[error(
        "there are more than {MOST} keywords in `{0}`; leave out what only differs in its ending"
    )]
    TooMany(Language),
}

impl TryFrom<BTreeMap<Language, Vec<String>>> for Keywords {
    type Error = InvalidKeywords;
    fn try_from(keywords: BTreeMap<Language, Vec<String>>) -> Result<Self, InvalidKeywords> {
        for (language, words) in &keywords {
            if words.len() > MOST {
                return Err(InvalidKeywords::TooMany(*language));
            }
            if words.iter().any(|word| word.trim().is_empty()) {
                return Err(InvalidKeywords::Empty(*language));
            }
            if words.iter().any(|word| word.chars().count() > LONGEST) {
                return Err(InvalidKeywords::TooLong(*language));
            }
        }
        Ok(Self(keywords))
    }
}

impl From<Keywords> for BTreeMap<Language, Vec<String>> {
    fn from(keywords: Keywords) -> Self {
        keywords.0
    }
}

/// By hand, since the keys are the languages: an editor refuses a misspelt one already.
impl JsonSchema for Keywords {
    fn schema_name() -> Cow<'static, str> {
        "Keywords".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words = serde_json::json!({
            "type": "array",
            "maxItems": MOST,
            "items": { "type": "string", "minLength": 1, "maxLength": LONGEST },
        });
        let languages: serde_json::Map<_, _> =
            Language::known().map(|language| (language.to_string(), words.clone())).collect();
        json_schema!({
            "type": "object",
            "description": "What people type who look for it, by language.",
            "properties": languages,
            "additionalProperties": false,
            "examples": [{ "de": ["Perso", "Ausweis verloren"], "en": ["ID card"] }],
        })
    }
}
