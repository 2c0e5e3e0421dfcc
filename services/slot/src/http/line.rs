//! Free text that people read: in the audit log, in messages, on a clerk's screen.

use std::{borrow::Cow, collections::BTreeMap};

use catalogue::Texts;
use serde::{Deserialize, Deserializer, de::Error as _};
use utoipa::openapi::{
    AllOfBuilder, ObjectBuilder, OneOfBuilder, Ref, RefOr, Schema,
    schema::{AdditionalProperties, Type},
};

use super::values::{self, FromText, Spoken};

/// How long a reason may be, in characters.
pub(super) const REASON: usize = 500;

/// The characters that no line has, as ECMA-262 writes them between brackets.
macro_rules! outlawed {
    () => {
        r"\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069"
    };
}

/// Any characters but those, one of them no blank.
const PATTERN: &str =
    concat!("^[^", outlawed!(), "]*[^", outlawed!(), r"\s][^", outlawed!(), "]*$");

/// Any characters but those, one of them a basic Latin letter or a digit, European or Arabic: the
/// pattern of a [`Reference`](booking::entitlement::Reference).
pub(super) const REFERENCE: &str =
    concat!("^[^", outlawed!(), r"]*[0-9A-Za-z\u0660-\u0669\u06F0-\u06F9][^", outlawed!(), "]*$");

/// One line of 1 to `MAX` characters. What surrounds it is cut off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line<const MAX: usize>(String);

impl<const MAX: usize> Line<MAX> {
    pub(super) fn into_text(self) -> String {
        self.0
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// How it stands in the API's document.
    pub(super) fn schema(description: &str) -> ObjectBuilder {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(description))
            .min_length(Some(1))
            .max_length(Some(MAX))
            .pattern(Some(PATTERN))
    }
}

impl<const MAX: usize> FromText for Line<MAX> {
    fn expected() -> Cow<'static, str> {
        let bounds = format!("one line of 1 to {MAX} characters");
        format!("{bounds}, none of them a control character or one that turns the direction").into()
    }

    fn from_text(text: &str) -> Option<Self> {
        let fits = text.chars().count() <= MAX && !text.chars().any(is_outlawed);
        let line = text.trim();
        (fits && !line.is_empty()).then(|| Self(line.to_owned()))
    }
}

/// A reader must see what was written: no character that ends the line, steers a terminal or makes
/// the rest read backwards. Marks within Arabic or Hebrew (U+200E, U+200F) stay.
fn is_outlawed(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl<'de, const MAX: usize> Deserialize<'de> for Line<MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        values::deserialize(deserializer)
    }
}

/// Why the office does something, as a person reads it: a line by language.
#[derive(Debug, Clone)]
pub(super) struct Reason(pub Texts);

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let lines = BTreeMap::<Spoken, Line<REASON>>::deserialize(deserializer)?;
        let lines = lines.into_iter().map(|(Spoken(language), line)| (language, line.into_text()));
        let texts: BTreeMap<_, _> = lines.collect();
        Texts::try_from(texts).map(Self).map_err(D::Error::custom)
    }
}

impl Reason {
    /// How it stands in the API's document.
    pub(super) fn schema(description: &str) -> RefOr<Schema> {
        let line = Line::<REASON>::schema("In this language.");
        let lines = ObjectBuilder::new()
            .schema_type(Type::Object)
            .additional_properties(Some(AdditionalProperties::RefOr(line.into())));
        let texts = Ref::from_schema_name("Texts");
        AllOfBuilder::new().item(texts).item(lines).description(Some(description)).into()
    }

    /// The same where it may be left out.
    pub(super) fn optional_schema(description: &str) -> RefOr<Schema> {
        let nothing = ObjectBuilder::new().schema_type(Type::Null);
        OneOfBuilder::new().item(Self::schema(description)).item(nothing).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_bounds_and_nothing_that_cannot_be_seen() {
        for right in ["x", "Krankheit", "  geheilt ", "سبب\u{200e} 3", "12345678"] {
            assert_eq!(Line::<12>::from_text(right), Some(Line(right.trim().to_owned())));
        }
        for wrong in ["", "   ", "1234567890123", "a\u{0}", "a\nb", "a\r", "\u{1b}[2J", "a\u{85}b"]
        {
            assert_eq!(Line::<12>::from_text(wrong), None, "{wrong:?}");
        }
        let turning = ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}');
        for turning in turning.chain(['\u{2028}', '\u{2029}']) {
            assert_eq!(Line::<12>::from_text(&format!("ab{turning}c")), None, "{turning:?}");
        }
    }
}
