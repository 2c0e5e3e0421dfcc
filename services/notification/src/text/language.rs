//! The languages that messages are written in.

use unic_langid::LanguageIdentifier;

macro_rules! languages {
    ($($name:ident = $tag:literal, $html:literal, $rules:literal, $direction:literal;)+) => {
        /// A language. To add one, add a line here and its file in `locales/`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Language {
            $($name),+
        }

        impl Language {
            /// All languages.
            pub(crate) const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in events.
            pub(crate) const fn tag(self) -> &'static str {
                match self { $(Self::$name => $tag),+ }
            }

            /// The BCP 47 tag for `lang` attributes and `Content-Language`.
            pub(crate) const fn html_tag(self) -> &'static str {
                match self { $(Self::$name => $html),+ }
            }

            /// `ltr` or `rtl`.
            pub(crate) const fn direction(self) -> &'static str {
                match self { $(Self::$name => $direction),+ }
            }

            pub(super) fn plural_rules(self) -> LanguageIdentifier {
                let tag = match self { $(Self::$name => $rules),+ };
                tag.parse().expect("the table holds valid language identifiers")
            }

            pub(super) const fn source(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("../../locales/", $tag, ".ftl"))),+
                }
            }
        }
    };
}

languages! {
    German = "de", "de", "de", "ltr";
    English = "en", "en", "en", "ltr";
    // Leichte Sprache has no subtag of its own; `simple` is the registered variant.
    EasyGerman = "de-easy", "de-simple", "de", "ltr";
    Turkish = "tr", "tr", "tr", "ltr";
    Ukrainian = "uk", "uk", "uk", "ltr";
    Arabic = "ar", "ar", "ar", "rtl";
}

impl Language {
    /// The language with that tag in an event; German, the official language, if we do not
    /// write it.
    pub(crate) fn from_tag(tag: &str) -> Self {
        let known = Self::ALL.iter().find(|language| language.tag() == tag);
        known.copied().unwrap_or(Self::German)
    }

    /// Where to look for a name in this language, best first.
    pub(crate) fn preferences(self) -> [&'static str; 2] {
        [self.tag(), Self::German.tag()]
    }
}
