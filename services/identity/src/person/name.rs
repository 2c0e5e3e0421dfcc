//! Names, as far as they decide whether two people are the same.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// What providers and registers write instead of a missing name.
const PLACEHOLDERS: &[&str] =
    &["", "na", "xxx", "entfaellt", "unbekannt", "not applicable", "nicht vorhanden"];

/// Academic titles and what precedes them; never part of a name.
const TITLES: &[&str] = &[
    "dr",
    "prof",
    "professor",
    "dipl",
    "ing",
    "mag",
    "med",
    "phil",
    "jur",
    "rer",
    "nat",
    "habil",
    "mult",
    "hc",
];

/// A name as a list of folded words. Two spellings are the same name if and only if the lists
/// are equal.
///
/// | equal | because |
/// |---|---|
/// | `Müller-Lüdenscheidt`, `MUELLER LUEDENSCHEIDT` | case; ä, ö, ü as ae, oe, ue; hyphen as blank |
/// | `HEIDESTRAẞE`, `Heidestraße`, `Heidestrasse` | ß and ẞ as ss |
/// | `José`, `Jose`, `JOSÉ` | accents are dropped |
/// | `Dr. Erika Mustermann`, `Erika Mustermann` | titles are dropped |
/// | `O'Neill`, `O’Neill`, `O Neill` | apostrophes as blank |
///
/// | different | because |
/// |---|---|
/// | `Müller`, `Muller` | ü is ue and not u: as in German documents |
/// | `Muhammad`, `Mohammed` | what the document prints counts; no guessing at other alphabets |
/// | `Jean Luc`, `Jeanluc` | words are not joined |
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Vec<String>);

impl Name {
    /// Folds `text`; `None` if nothing or only a placeholder (`-`, `n/a`, `xxx`) is left.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // Compose first, so that `u` with a separate diaeresis is an umlaut as well.
        let letters: String = text.nfc().flat_map(fold).collect();
        let words = letters.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        if PLACEHOLDERS.contains(&words.join(" ").as_str()) || words.join("") == "na" {
            return None;
        }
        let without_titles: Vec<_> =
            words.iter().filter(|word| !TITLES.contains(&word.as_str())).cloned().collect();
        // Somebody may really be called Ing.
        Some(Self(if without_titles.is_empty() { words } else { without_titles }))
    }

    /// The words, folded.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.0
    }
}

impl std::fmt::Debug for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Name")
    }
}

/// One letter as the small letters without accents that stand for it in German documents (and
/// in the machine-readable zone after ICAO 9303 part 3 section 6). Everything that is no letter
/// becomes a blank, except full stops, which vanish.
fn fold(letter: char) -> Vec<char> {
    let replaced = match letter {
        'ä' | 'Ä' | 'æ' | 'Æ' => "ae",
        'ö' | 'Ö' | 'ø' | 'Ø' | 'œ' | 'Œ' => "oe",
        'ü' | 'Ü' => "ue",
        'ß' | 'ẞ' => "ss",
        'å' | 'Å' => "aa",
        'þ' | 'Þ' => "th",
        'ð' | 'Ð' | 'đ' | 'Đ' => "d",
        'ł' | 'Ł' => "l",
        'ı' | 'İ' => "i",
        'ħ' | 'Ħ' => "h",
        'ŋ' | 'Ŋ' => "n",
        'ŧ' | 'Ŧ' => "t",
        '.' => "",
        other if other.is_alphabetic() => {
            let plain = other.to_lowercase().nfkd();
            return plain.filter(|part| !is_combining_mark(*part)).collect();
        }
        other if is_combining_mark(other) => "",
        _ => " ",
    };
    replaced.chars().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        Name::parse(text).map(|name| name.words().join(" ")).unwrap_or_default()
    }

    const SAME: &[(&str, &str)] = &[
        ("Müller-Lüdenscheidt", "MUELLER LUEDENSCHEIDT"),
        ("HEIDESTRAẞE", "Heidestrasse"),
        ("Özgür", "OEZGUER"),
        ("O\u{308}zgu\u{308}r", "Özgür"),
        ("José", "JOSE"),
        ("Łukasz", "LUKASZ"),
        ("Jean-Luc", "JEAN LUC"),
        ("O'Neill", "O’NEILL"),
        ("Prof. Dr. med. Erika", "Erika"),
        ("İbrahim", "IBRAHIM"),
        ("Ånström", "AANSTROEM"),
        ("al-Hassan", "AL HASSAN"),
    ];
    const DIFFERENT: &[(&str, &str)] = &[
        ("Müller", "Muller"),
        ("Muhammad", "Mohammed"),
        ("Jean Luc", "Jeanluc"),
        ("Anna Lena", "Lena Anna"),
    ];

    #[test]
    fn spellings_of_one_name_are_equal_and_other_names_are_not() {
        for (a, b) in SAME {
            assert_eq!(folded(a), folded(b));
        }
        for (a, b) in DIFFERENT {
            assert_ne!(folded(a), folded(b));
        }
    }

    #[test]
    fn placeholders_are_no_name() {
        for nothing in ["", "  ", "-", "---", "***", "n/a", "N.A.", "xxx", "Entfällt", "unbekannt"]
        {
            assert_eq!(Name::parse(nothing), None, "{nothing:?}");
        }
        assert_eq!(folded("Ing"), "ing", "a title alone is a name");
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for (a, b) in SAME.iter().chain(DIFFERENT) {
            for text in [a, b] {
                assert_eq!(folded(&folded(text)), folded(text));
            }
        }
    }
}
