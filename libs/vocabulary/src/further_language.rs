//! Languages that we know and do not ship.
//!
//! An installation may bring sentences in them, an authority texts in its catalogue. The table has what both
//! need besides sentences: tags of BCP 47, own names as in Unicode CLDR, and the direction of writing. Plural
//! rules are those of the tag.

use std::fmt;

/// A line is: variant = BCP 47 tag, own name, direction.
macro_rules! further_languages {
    ($(
        $(#[$doc:meta])+
        $name:ident = $tag:literal, $own_name:literal, $direction:literal;
    )+) => {
        /// A language that we know and do not ship. It is spoken where an installation has sentences in it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FurtherLanguage {
            $($(#[$doc])+ $name,)+
        }

        impl FurtherLanguage {
            /// Every one, in the order of the English names.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The BCP 47 tag. Also the name in addresses, settings, APIs and the database.
            #[must_use]
            pub const fn tag(self) -> &'static str {
                match self { $(Self::$name => $tag),+ }
            }

            /// What its speakers call it.
            #[must_use]
            pub const fn own_name(self) -> &'static str {
                match self { $(Self::$name => $own_name),+ }
            }

            /// `ltr` or `rtl`, for `dir` attributes.
            #[must_use]
            pub const fn direction(self) -> &'static str {
                match self { $(Self::$name => $direction),+ }
            }
        }
    };
}

// Helm reads YAML 1.1, to which the tag `no` is the word "false": Norwegian is `nb`.
further_languages! {
    /// Albanian.
    Albanian = "sq", "Shqip", "ltr";
    /// Amharic.
    Amharic = "am", "አማርኛ", "ltr";
    /// Armenian.
    Armenian = "hy", "Հայերեն", "ltr";
    /// Azerbaijani.
    Azerbaijani = "az", "Azərbaycan dili", "ltr";
    /// Belarusian.
    Belarusian = "be", "Беларуская", "ltr";
    /// Bengali.
    Bengali = "bn", "বাংলা", "ltr";
    /// Bosnian.
    Bosnian = "bs", "Bosanski", "ltr";
    /// Bulgarian.
    Bulgarian = "bg", "Български", "ltr";
    /// Central Kurdish (Sorani).
    CentralKurdish = "ckb", "کوردیی ناوەندی", "rtl";
    /// Chinese.
    Chinese = "zh", "中文", "ltr";
    /// Croatian.
    Croatian = "hr", "Hrvatski", "ltr";
    /// Czech.
    Czech = "cs", "Čeština", "ltr";
    /// Danish.
    Danish = "da", "Dansk", "ltr";
    /// Dutch.
    Dutch = "nl", "Nederlands", "ltr";
    /// Estonian.
    Estonian = "et", "Eesti", "ltr";
    /// Filipino.
    Filipino = "fil", "Filipino", "ltr";
    /// Finnish.
    Finnish = "fi", "Suomi", "ltr";
    /// French.
    French = "fr", "Français", "ltr";
    /// Georgian.
    Georgian = "ka", "ქართული", "ltr";
    /// Greek.
    Greek = "el", "Ελληνικά", "ltr";
    /// Hebrew.
    Hebrew = "he", "עברית", "rtl";
    /// Hindi.
    Hindi = "hi", "हिन्दी", "ltr";
    /// Hungarian.
    Hungarian = "hu", "Magyar", "ltr";
    /// Indonesian.
    Indonesian = "id", "Indonesia", "ltr";
    /// Italian.
    Italian = "it", "Italiano", "ltr";
    /// Japanese.
    Japanese = "ja", "日本語", "ltr";
    /// Korean.
    Korean = "ko", "한국어", "ltr";
    /// Kurdish (Kurmanji).
    Kurdish = "ku", "Kurdî", "ltr";
    /// Latvian.
    Latvian = "lv", "Latviešu", "ltr";
    /// Lithuanian.
    Lithuanian = "lt", "Lietuvių", "ltr";
    /// Low German.
    LowGerman = "nds", "Plattdüütsch", "ltr";
    /// Lower Sorbian.
    LowerSorbian = "dsb", "Dolnoserbšćina", "ltr";
    /// Macedonian.
    Macedonian = "mk", "Македонски", "ltr";
    /// Nepali.
    Nepali = "ne", "नेपाली", "ltr";
    /// North Frisian.
    NorthFrisian = "frr", "Nordfriisk", "ltr";
    /// Norwegian (Bokmål).
    Norwegian = "nb", "Norsk bokmål", "ltr";
    /// Pashto.
    Pashto = "ps", "پښتو", "rtl";
    /// Persian.
    Persian = "fa", "فارسی", "rtl";
    /// Polish.
    Polish = "pl", "Polski", "ltr";
    /// Portuguese.
    Portuguese = "pt", "Português", "ltr";
    /// Punjabi.
    Punjabi = "pa", "ਪੰਜਾਬੀ", "ltr";
    /// Romanian.
    Romanian = "ro", "Română", "ltr";
    /// Russian.
    Russian = "ru", "Русский", "ltr";
    /// Serbian, in Cyrillic letters.
    Serbian = "sr", "Српски", "ltr";
    /// Sinhala.
    Sinhala = "si", "සිංහල", "ltr";
    /// Slovak.
    Slovak = "sk", "Slovenčina", "ltr";
    /// Slovenian.
    Slovenian = "sl", "Slovenščina", "ltr";
    /// Somali.
    Somali = "so", "Soomaali", "ltr";
    /// Spanish.
    Spanish = "es", "Español", "ltr";
    /// Swahili.
    Swahili = "sw", "Kiswahili", "ltr";
    /// Swedish.
    Swedish = "sv", "Svenska", "ltr";
    /// Tamil.
    Tamil = "ta", "தமிழ்", "ltr";
    /// Thai.
    Thai = "th", "ไทย", "ltr";
    /// Tigrinya.
    Tigrinya = "ti", "ትግርኛ", "ltr";
    /// Upper Sorbian.
    UpperSorbian = "hsb", "Hornjoserbšćina", "ltr";
    /// Urdu.
    Urdu = "ur", "اردو", "rtl";
    /// Vietnamese.
    Vietnamese = "vi", "Tiếng Việt", "ltr";
}

impl fmt::Display for FurtherLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}
