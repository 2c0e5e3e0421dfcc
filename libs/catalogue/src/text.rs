//! Words for people, in several languages.
//!
//! What an authority writes itself (names, hints, documents to bring) is here; what the
//! programs say is in `libs/texts`. German is the official language and the fallback, so it is
//! demanded and no other is; gaps are found by `check`.

use std::{borrow::Cow, collections::BTreeMap};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use vocabulary::Language;

/// One text by language: `{de: Wohnung anmelden, en: Register a home}`. German is never missing.
///
/// No text is empty or blank; blanks around it stay as they were written. In the order of
/// [`Language::known`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<Language, String>", into = "BTreeMap<Language, String>")]
pub struct Texts(BTreeMap<Language, String>);

impl Texts {
    /// The text in `language`; in German if there is none.
    ///
    /// Never empty: German is always there. Say the language that it really is, if that matters
    /// (`lang` attributes): ask [`has`](Self::has).
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        self.0.get(&language).or_else(|| self.0.get(&Language::German)).map_or("", String::as_str)
    }

    /// Whether there is a text in exactly this language.
    ///
    /// For the check of gaps and for `lang` attributes.
    #[must_use]
    pub fn has(&self, language: Language) -> bool {
        self.0.contains_key(&language)
    }

    /// Every language with its text.
    ///
    /// German first.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &str)> {
        self.0.iter().map(|(language, text)| (*language, text.as_str()))
    }
}

/// Why texts are refused.
///
/// The text is for the admin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTexts {
    /// There is no German text.
    #[error("the German text `de` is missing; write {{de: \"...\"}}, other languages are optional")]
    NoGerman,
    /// A text is empty.
    #[error("the text `{0}` is empty; write it or leave the language out")]
    Empty(Language),
}

impl TryFrom<BTreeMap<Language, String>> for Texts {
    type Error = InvalidTexts;
    fn try_from(texts: BTreeMap<Language, String>) -> Result<Self, InvalidTexts> {
        if let Some((language, _)) = texts.iter().find(|(_, text)| text.trim().is_empty()) {
            return Err(InvalidTexts::Empty(*language));
        }
        if texts.contains_key(&Language::German) {
            Ok(Self(texts))
        } else {
            Err(InvalidTexts::NoGerman)
        }
    }
}

impl From<Texts> for BTreeMap<Language, String> {
    fn from(texts: Texts) -> Self {
        texts.0
    }
}

/// By hand, since the keys are the languages: a misspelt language is refused by an editor
/// already.
impl JsonSchema for Texts {
    fn schema_name() -> Cow<'static, str> {
        "Texts".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let text = serde_json::json!({ "type": "string", "minLength": 1 });
        let languages: serde_json::Map<_, _> =
            Language::known().map(|language| (language.to_string(), text.clone())).collect();
        json_schema!({
            "type": "object",
            "description": "One text by language. German is required.",
            "properties": languages,
            "required": ["de"],
            "additionalProperties": false,
            "examples": [{ "de": "Wohnung anmelden", "en": "Register a home" }],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_may_be_in_a_language_that_the_programs_do_not_ship() {
        let read = serde_json::from_str::<Texts>;
        let texts = read(r#"{"de": "Wohnung anmelden", "vi": "Đăng ký cư trú"}"#).unwrap();
        assert_eq!(texts.get("vi".parse().unwrap()), "Đăng ký cư trú");
        assert_eq!(texts.get("pl".parse().unwrap()), "Wohnung anmelden");
        assert!(read(r#"{"de": "Wohnung anmelden", "tlh": "juH"}"#).is_err());
    }
}
