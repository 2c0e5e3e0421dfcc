//! The languages that the portal speaks.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, de::Error as _};
use unic_langid::LanguageIdentifier;

macro_rules! languages {
    ($($name:ident = $tag:literal, $html:literal, $own_name:literal, $rules:literal, $direction:literal;)+) => {
        /// A language. To add one, add a line here and its folder below `locales/`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Language {
            $($name),+
        }

        impl Language {
            /// All, in the order of the language switch.
            pub(crate) const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in addresses and in the booking API.
            pub(crate) const fn tag(self) -> &'static str {
                match self { $(Self::$name => $tag),+ }
            }

            /// The BCP 47 tag for `lang` attributes.
            pub(crate) const fn html_tag(self) -> &'static str {
                match self { $(Self::$name => $html),+ }
            }

            /// What its speakers call it.
            pub(crate) const fn own_name(self) -> &'static str {
                match self { $(Self::$name => $own_name),+ }
            }

            /// `ltr` or `rtl`.
            pub(crate) const fn direction(self) -> &'static str {
                match self { $(Self::$name => $direction),+ }
            }

            pub(super) fn plural_rules(self) -> LanguageIdentifier {
                let tag = match self { $(Self::$name => $rules),+ };
                tag.parse().expect("the table above has valid tags")
            }

            pub(super) const fn sources(self) -> &'static [&'static str] {
                match self {
                    $(Self::$name => &[
                        include_str!(concat!("../../locales/", $tag, "/pages.ftl")),
                        include_str!(concat!("../../locales/", $tag, "/problems.ftl")),
                        include_str!(concat!("../../locales/", $tag, "/dates.ftl")),
                    ]),+
                }
            }
        }
    };
}

languages! {
    German = "de", "de", "Deutsch", "de", "ltr";
    English = "en", "en", "English", "en", "ltr";
    // `simple` is the registered BCP 47 variant for language that is easy to read.
    EasyGerman = "de-easy", "de-simple", "Leichte Sprache", "de", "ltr";
    Turkish = "tr", "tr", "Türkçe", "tr", "ltr";
    Ukrainian = "uk", "uk", "Українська", "uk", "ltr";
    Arabic = "ar", "ar", "العربية", "ar", "rtl";
}

impl Language {
    pub(crate) const fn is_right_to_left(self) -> bool {
        matches!(self.direction().as_bytes(), b"rtl")
    }

    /// The best language for an `Accept-Language` header (RFC 9110 section 12.5.4).
    pub(crate) fn negotiate(header: Option<&str>) -> Self {
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

    fn for_tag(tag: &str) -> Option<Self> {
        let base = tag.split('-').next()?;
        Self::ALL.iter().copied().find(|language| language.tag().eq_ignore_ascii_case(base))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|language| language.tag() == text).ok_or(())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(|()| D::Error::custom("not a language of this portal"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_wish_is_met_by_weight() {
        let cases = [
            (None, Language::German),
            (Some("fr"), Language::German),
            (Some("en-GB,en;q=0.9,de;q=0.8"), Language::English),
            (Some("de;q=0.3, en;q=0.7"), Language::English),
            (Some("tr-TR,tr;q=0.9"), Language::Turkish),
            (Some("fr, ar;q=0.4"), Language::Arabic),
            (Some("en;q=0, de"), Language::German),
            (Some(";;;q=x,,"), Language::German),
        ];
        for (header, language) in cases {
            assert_eq!(Language::negotiate(header), language, "{header:?}");
        }
    }
}
