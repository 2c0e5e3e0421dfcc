//! The first rules for names. Fingerprints made by them stay in the database, so every log-in is looked
//! for by them too: no known person becomes unknown.

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

/// The words of `text` as the first rules folded them; `None` for a placeholder.
pub(super) fn words(text: &str) -> Option<Vec<String>> {
    let letters: String = text.nfc().flat_map(fold).collect();
    let words = letters.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    if PLACEHOLDERS.contains(&words.join(" ").as_str()) || words.join("") == "na" {
        return None;
    }
    let without_titles: Vec<_> =
        words.iter().filter(|word| !TITLES.contains(&word.as_str())).cloned().collect();
    Some(if without_titles.is_empty() { words } else { without_titles })
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
