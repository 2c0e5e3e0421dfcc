//! One spelling of many.
//!
//! What differs only by what people leave out on a keyboard becomes equal: case, accents, `ß` and
//! `ss`, `ä`, `ae` and `a`, the four letters i of Turkish, the Ukrainian apostrophe, the forms of
//! alef, vowel signs. The result is for comparing and never shown.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// The words of `text`, each folded. A section sign is a word: people search for `§ 24`.
pub(crate) fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let is_part = |character: char| character.is_alphanumeric() || character == '§';
    folded
        .split(|character| !is_part(character))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// `text` in one spelling.
///
/// Both what is typed and what the catalogue says go through here, so a rule may join too much: two
/// words that become one are both found.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().filter(|character| !is_apostrophe(*character)) {
        let lower = turkish_i(character).to_lowercase();
        for part in lower.nfkd().filter(|part| !is_combining_mark(*part)) {
            match equivalent(part) {
                Some(letters) => folded.push_str(letters),
                None => folded.push(part),
            }
        }
    }
    // On a keyboard without umlauts people write `ae` or `a`. Both sides are folded, so the rare word that has
    // these letters otherwise loses nothing.
    folded.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

/// `сім'я` and `Almanya'da` are one word each.
const fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | 'ʼ' | '`' | '´')
}

/// Rust lower-cases `İ` to `i` with a dot. A typed `I` may mean any of the four.
const fn turkish_i(character: char) -> char {
    match character {
        'İ' | 'I' | 'ı' => 'i',
        other => other,
    }
}

/// Letters that decompose into nothing smaller and are written in two ways.
const fn equivalent(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' => "ss",
        'ø' | 'œ' => "o",
        'æ' => "a",
        'ł' => "l",
        'đ' => "d",
        'ґ' => "г",
        // Many Ukrainians type on a Russian keyboard.
        'ы' => "и",
        'э' => "е",
        'ъ' | 'ь' => "",
        'ة' => "ه",
        'ى' => "ي",
        'ـ' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_become_equal() {
        for (one, other) in [
            ("Führungszeugnis", "fuehrungszeugnis"),
            ("Führungszeugnis", "FUHRUNGSZEUGNIS"),
            ("Straße", "strasse"),
            ("İKAMET", "ikamet"),
            ("ıkamet", "IKAMET"),
            ("değişikliği", "degisikligi"),
            ("сім’я", "сім'я"),
            ("ґанок", "ганок"),
            ("إقامة", "اقامه"),
            ("هُوِيّة", "هويه"),
            ("جـواز", "جواز"),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
        assert_ne!(fold("anmelden"), fold("abmelden"));
    }

    #[test]
    fn words_are_split_at_everything_that_is_no_letter() {
        assert_eq!(words("  § 24, Kfz-Zulassung!"), ["§", "24", "kfz", "zulassung"]);
        assert!(words(" ... 🙂 ").is_empty());
    }
}
