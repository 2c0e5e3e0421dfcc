//! The languages that people read and write us in.
//!
//! One table, `languages!`, has everything that differs by language; a new line in it makes the
//! compiler ask each service for its sentences. Three names of a language must not be mixed up:
//! its [`tag`](Language::tag) is ours, its [`html_tag`](Language::html_tag) is what browsers
//! and mail programs understand, its [`own_name`](Language::own_name) is what people look for
//! in a list.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A line is: variant = our tag, BCP 47 tag, own name, language of the plural rules, direction.
macro_rules! languages {
    ($(
        $(#[$doc:meta])+
        $name:ident = $tag:literal, $html:literal, $own_name:literal, $rules:literal, $direction:literal;
    )+) => {
        /// A language of the portal and the messages. German is the official one, and the fallback.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        pub enum Language {
            $($(#[$doc])+ #[serde(rename = $tag)] $name),+
        }

        impl Language {
            /// Every language, in the order of schemas and of texts in the catalogue.
            ///
            /// The same as the order of the variants: `language as usize` is its index here.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in addresses, events, settings, APIs and the database.
            ///
            /// Released in URLs (`/tr/...`) and in stored preferences: it never changes.
            #[must_use]
            pub const fn tag(self) -> &'static str {
                match self { $(Self::$name => $tag),+ }
            }

            /// The BCP 47 tag for `lang` attributes and `Content-Language`.
            #[must_use]
            pub const fn html_tag(self) -> &'static str {
                match self { $(Self::$name => $html),+ }
            }

            /// What its speakers call it.
            ///
            /// Never translated: a person who reads no German must find their language on a
            /// German page.
            #[must_use]
            pub const fn own_name(self) -> &'static str {
                match self { $(Self::$name => $own_name),+ }
            }

            /// `ltr` or `rtl`, for `dir` attributes.
            #[must_use]
            pub const fn direction(self) -> &'static str {
                match self { $(Self::$name => $direction),+ }
            }

            /// The language whose plural rules it has (Unicode CLDR).
            #[must_use]
            pub const fn plural_rules(self) -> &'static str {
                match self { $(Self::$name => $rules),+ }
            }
        }
    };
}

languages! {
    /// German. Every text has it.
    German = "de", "de", "Deutsch", "de", "ltr";
    // Leichte Sprache has no subtag of its own; `simple` is the registered BCP 47 variant.
    /// German in easy language (Leichte Sprache).
    EasyGerman = "de-easy", "de-simple", "Leichte Sprache", "de", "ltr";
    /// English.
    English = "en", "en", "English", "en", "ltr";
    /// Turkish.
    Turkish = "tr", "tr", "Türkçe", "tr", "ltr";
    /// Ukrainian.
    Ukrainian = "uk", "uk", "Українська", "uk", "ltr";
    /// Arabic, written from right to left.
    Arabic = "ar", "ar", "العربية", "ar", "rtl";
}

impl Language {
    /// Every language, in the order of a language switch.
    ///
    /// The languages that most visitors look for come first.
    pub const SWITCH: [Self; Self::ALL.len()] = [
        Self::German,
        Self::English,
        Self::EasyGerman,
        Self::Turkish,
        Self::Ukrainian,
        Self::Arabic,
    ];

    /// Whether it is written from right to left.
    #[must_use]
    pub const fn is_right_to_left(self) -> bool {
        matches!(self.direction().as_bytes(), b"rtl")
    }

    /// The best language for an `Accept-Language` header (RFC 9110 section 12.5.4).
    ///
    /// `fluent-langneg`, which `fluent-bundle` brings along, takes the languages in their order and
    /// ignores the weights (0.14.2): it would choose German for `de;q=0.3, en`, and a language that
    /// `q=0` excludes.
    ///
    /// A range without weight counts as 1, a weight that cannot be read likewise; equal weights
    /// keep the header's order. `*` names no language. What cannot be read is passed over,
    /// since a header of a browser is no input that a person could correct.
    #[must_use]
    pub fn negotiate(header: Option<&str>) -> Self {
        let mut wanted: Vec<(f32, &str)> = header
            .unwrap_or_default()
            .split(',')
            .filter_map(|range| {
                let mut parts = range.split(';').map(str::trim);
                let tag = parts.next()?;
                let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok());
                Some((weight.unwrap_or(1.0), tag))
            })
            .filter(|(weight, _)| *weight > 0.0)
            .collect();
        wanted.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        wanted.iter().find_map(|(_, tag)| Self::for_tag(tag)).unwrap_or(Self::German)
    }

    /// The first that we speak of BCP 47 tags in order of preference, as in `ui_locales` (OpenID
    /// Connect Core 1.0 section 3.1.2.1).
    ///
    /// `None` if there is none, so that the caller can ask `Accept-Language` next.
    #[must_use]
    pub fn preferred(tags: &str) -> Option<Self> {
        tags.split_whitespace().find_map(Self::for_tag)
    }

    /// The language of a tag: as it stands, else without its regions and variants (RFC 4647 section 3.4).
    ///
    /// Upper and lower case are the same (RFC 5646 section 2.1.1). `de-AT` is German,
    /// `de-simple` is easy German, since a whole tag is looked for first.
    fn for_tag(tag: &str) -> Option<Self> {
        let called = |name: &str| {
            Self::ALL.iter().copied().find(|language| {
                [language.tag(), language.html_tag()]
                    .iter()
                    .any(|own| own.eq_ignore_ascii_case(name))
            })
        };
        called(tag).or_else(|| called(tag.split('-').next()?))
    }
}

/// A tag that is none of our languages'.
///
/// The reader of stored and configured tags is strict; only headers are read leniently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a language that we ship")]
pub struct UnknownLanguage;

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        Self::ALL.iter().copied().find(|language| language.tag() == text).ok_or(UnknownLanguage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_languages_count_by_weight() {
        let cases = [
            (None, Language::German),
            (Some("fr"), Language::German),
            (Some("en-GB,en;q=0.9,de;q=0.8"), Language::English),
            (Some("de;q=0.3, en;q=0.7"), Language::English),
            (Some("tr-TR,tr;q=0.9"), Language::Turkish),
            (Some("fr, ar;q=0.4"), Language::Arabic),
            (Some("en;q=0, de"), Language::German),
            (Some("de-simple, de;q=0.9"), Language::EasyGerman),
            (Some(";;;q=x,,"), Language::German),
        ];
        for (header, language) in cases {
            assert_eq!(Language::negotiate(header), language, "{header:?}");
        }
    }

    #[test]
    fn a_programs_languages_count_in_their_order() {
        let cases = [
            ("", None),
            ("fr", None),
            ("fr uk de", Some(Language::Ukrainian)),
            ("de-simple", Some(Language::EasyGerman)),
            ("de-AT en", Some(Language::German)),
            ("AR", Some(Language::Arabic)),
        ];
        for (tags, language) in cases {
            assert_eq!(Language::preferred(tags), language, "{tags:?}");
        }
    }

    #[test]
    fn the_language_switch_offers_each_language_once() {
        let mut offered = Language::SWITCH;
        offered.sort();
        assert_eq!(offered, Language::ALL);
    }

    #[test]
    fn a_tag_is_read_as_it_is_written() {
        for language in Language::ALL {
            let json = serde_json::to_string(language).unwrap();
            assert_eq!(json, format!("\"{language}\""));
            assert_eq!(language.tag().parse(), Ok(*language));
            assert_eq!(serde_json::from_str::<Language>(&json).unwrap(), *language);
        }
        assert!(serde_json::from_str::<Language>("\"fr\"").is_err());
    }
}
