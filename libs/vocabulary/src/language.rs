//! The languages that people read and write us in.
//!
//! One table, `languages!`, has everything that differs by language that we ship; a new line in it makes the
//! compiler ask each service for its sentences. Sentences of a [`FurtherLanguage`] come with an installation.
//! Three names of a language must not be mixed up:
//! its [`tag`](Language::tag) is ours, its [`html_tag`](Language::html_tag) is what browsers
//! and mail programs understand, its [`own_name`](Language::own_name) is what people look for
//! in a list.

use std::{borrow::Cow, fmt, str::FromStr, sync::LazyLock};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::FurtherLanguage;

/// A line is: variant = our tag, BCP 47 tag, own name, language of the plural rules, direction.
macro_rules! languages {
    ($(
        $(#[$doc:meta])+
        $name:ident = $tag:literal, $html:literal, $own_name:literal, $rules:literal, $direction:literal;
    )+) => {
        /// A language of the portal and the messages. German is the official one, and the fallback.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Language {
            $($(#[$doc])+ $name,)+
            /// One whose sentences come with an installation, if they do: the program has none.
            Further(FurtherLanguage),
        }

        impl Language {
            /// Every language whose sentences we ship, in the order of schemas and of texts in the
            /// catalogue.
            pub const SHIPPED: &[Self] = &[$(Self::$name),+];

            /// The name in addresses, events, settings, APIs and the database.
            ///
            /// Released in URLs (`/tr/...`) and in stored preferences: it never changes.
            #[must_use]
            pub const fn tag(self) -> &'static str {
                match self {
                    $(Self::$name => $tag,)+
                    Self::Further(it) => it.tag(),
                }
            }

            /// The BCP 47 tag for `lang` attributes and `Content-Language`.
            #[must_use]
            pub const fn html_tag(self) -> &'static str {
                match self {
                    $(Self::$name => $html,)+
                    Self::Further(it) => it.tag(),
                }
            }

            /// What its speakers call it.
            ///
            /// Never translated: a person who reads no German must find their language on a
            /// German page.
            #[must_use]
            pub const fn own_name(self) -> &'static str {
                match self {
                    $(Self::$name => $own_name,)+
                    Self::Further(it) => it.own_name(),
                }
            }

            /// `ltr` or `rtl`, for `dir` attributes.
            #[must_use]
            pub const fn direction(self) -> &'static str {
                match self {
                    $(Self::$name => $direction,)+
                    Self::Further(it) => it.direction(),
                }
            }

            /// The language whose plural rules it has (Unicode CLDR).
            #[must_use]
            pub const fn plural_rules(self) -> &'static str {
                match self {
                    $(Self::$name => $rules,)+
                    Self::Further(it) => it.tag(),
                }
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
    /// Every language that we ship, in the order of a language switch.
    ///
    /// Those that an installation adds follow. The languages that most visitors look for come first.
    pub const SWITCH: [Self; Self::SHIPPED.len()] = [
        Self::German,
        Self::English,
        Self::EasyGerman,
        Self::Turkish,
        Self::Ukrainian,
        Self::Arabic,
    ];

    /// Every language that has a tag here: those that we ship, then the further ones.
    ///
    /// Catalogues may have texts in each of them.
    pub fn known() -> impl Iterator<Item = Self> {
        let further = FurtherLanguage::ALL.iter().map(|language| Self::Further(*language));
        Self::SHIPPED.iter().copied().chain(further)
    }

    /// Whether it is written from right to left.
    #[must_use]
    pub const fn is_right_to_left(self) -> bool {
        matches!(self.direction().as_bytes(), b"rtl")
    }

    /// The best of the `offered` languages for an `Accept-Language` header (RFC 9110 section 12.5.4).
    ///
    /// `fluent-langneg`, which `fluent-bundle` brings along, takes the languages in their order and
    /// ignores the weights (0.14.2): it would choose German for `de;q=0.3, en`, and a language that
    /// `q=0` excludes.
    ///
    /// A range without weight counts as 1, a weight that cannot be read likewise; equal weights
    /// keep the header's order. `*` names no language. What cannot be read is passed over,
    /// since a header of a browser is no input that a person could correct.
    #[must_use]
    pub fn negotiate(header: Option<&str>, offered: &[Self]) -> Self {
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
        wanted.iter().find_map(|(_, tag)| Self::for_tag(tag, offered)).unwrap_or(Self::German)
    }

    /// The first that is `offered` of BCP 47 tags in order of preference, as in `ui_locales` (OpenID
    /// Connect Core 1.0 section 3.1.2.1).
    ///
    /// `None` if there is none, so that the caller can ask `Accept-Language` next.
    #[must_use]
    pub fn preferred(tags: &str, offered: &[Self]) -> Option<Self> {
        tags.split_whitespace().find_map(|tag| Self::for_tag(tag, offered))
    }

    /// The language of a tag: as it stands, else without its regions and variants (RFC 4647 section 3.4).
    ///
    /// Upper and lower case are the same (RFC 5646 section 2.1.1). `de-AT` is German,
    /// `de-simple` is easy German, since a whole tag is looked for first.
    fn for_tag(tag: &str, offered: &[Self]) -> Option<Self> {
        let called = |name: &str| {
            offered.iter().copied().find(|language| {
                [language.tag(), language.html_tag()]
                    .iter()
                    .any(|own| own.eq_ignore_ascii_case(name))
            })
        };
        called(tag).or_else(|| called(tag.split('-').next()?))
    }
}

/// A tag that is no language's.
///
/// The reader of stored and configured tags is strict; only headers are read leniently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a language that we know")]
pub struct UnknownLanguage;

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        Self::known().find(|language| language.tag() == text).ok_or(UnknownLanguage)
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.tag())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        static TAGS: LazyLock<Vec<&'static str>> =
            LazyLock::new(|| Language::known().map(Language::tag).collect());
        let tag = String::deserialize(deserializer)?;
        // Programs know easy German by its registered tag too, as `ui_locales_supported` names it.
        let known = Self::known().find(|it| it.tag() == tag || it.html_tag() == tag);
        known.ok_or_else(|| D::Error::unknown_variant(&tag, &TAGS))
    }
}

/// By hand, since further languages stand beside ours on one level.
impl JsonSchema for Language {
    fn schema_name() -> Cow<'static, str> {
        "Language".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let tags: Vec<_> = Self::known().map(Self::tag).collect();
        json_schema!({
            "type": "string",
            "description": "A language by its tag of BCP 47: `de` is the official one and the fallback, `de-easy` is \
                            German in easy language (Leichte Sprache); its registered tag `de-simple` is read as well.",
            "enum": tags,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

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
            assert_eq!(Language::negotiate(header, &Language::SWITCH), language, "{header:?}");
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
            assert_eq!(Language::preferred(tags, &Language::SWITCH), language, "{tags:?}");
        }
    }

    #[test]
    fn the_language_switch_offers_each_language_once() {
        let mut offered = Language::SWITCH;
        offered.sort();
        assert_eq!(offered, Language::SHIPPED);
    }

    #[test]
    fn a_tag_is_read_as_it_is_written() {
        for language in Language::known() {
            let json = serde_json::to_string(&language).unwrap();
            assert_eq!(json, format!("\"{language}\""));
            assert_eq!(language.tag().parse(), Ok(language));
            assert_eq!(serde_json::from_str::<Language>(&json).unwrap(), language);
        }
        // The registered tag is read, and never written.
        let easy: Language = serde_json::from_str("\"de-simple\"").unwrap();
        assert_eq!((easy, easy.to_string().as_str()), (Language::EasyGerman, "de-easy"));
        for unknown in ["\"tlh\"", "\"DE\"", "{\"de\": null}", "1"] {
            assert!(serde_json::from_str::<Language>(unknown).is_err(), "{unknown}");
        }
    }

    #[test]
    fn a_further_language_is_chosen_where_it_is_offered_and_nowhere_else() {
        let persian = Language::Further(FurtherLanguage::Persian);
        let asked = Some("fa-IR, en;q=0.5");
        assert_eq!(Language::negotiate(asked, &Language::SWITCH), Language::English);
        assert_eq!(Language::negotiate(asked, &[Language::English, persian]), persian);
        assert_eq!(Language::preferred("fa en", &[persian]), Some(persian));
        assert_eq!((persian.own_name(), persian.direction()), ("فارسی", "rtl"));
        assert!(persian.is_right_to_left());
    }

    #[test]
    fn no_two_languages_have_one_tag_or_one_name() {
        let (mut tags, mut names) = (HashSet::new(), HashSet::new());
        for language in Language::known() {
            assert!(tags.insert(language.tag()), "{language}");
            assert!(names.insert(language.own_name()), "{language}");
        }
    }
}
