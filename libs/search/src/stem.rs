//! Words without their endings, for German, English, Turkish, Ukrainian and Arabic.
//!
//! Light on purpose: a catalogue has few words, so what an ending too few would miss is still found
//! by the common beginning (`grade`), and an ending too many would make different words equal.
//!
//! The lists are by script and not by language: a typed word has no language. So a further language
//! in Latin letters loses the same endings, which may be one too many; its words then still meet at
//! their common beginning.

/// How many letters of a word stay at least.
const KEPT: usize = 4;

/// How many letters of an Arabic word stay at least: its roots have three.
const KEPT_ARABIC: usize = 3;

/// The longest come first.
const LATIN: [&str; 30] = [
    "igkeit", "ieren", "ungen", "ation", "ung", "ing", "ern", "ten", "est", "lar", "ler", "lik",
    "mak", "mek", "en", "er", "em", "es", "ed", "ma", "me", "si", "yi", "e", "n", "s", "t", "i",
    "u", "a",
];

/// As they are folded: `ий` is `ии`, `ої` is `оі`.
const CYRILLIC: [&str; 26] = [
    "ування",
    "ами",
    "ями",
    "ого",
    "ому",
    "ати",
    "ити",
    "ння",
    "ою",
    "ею",
    "ах",
    "ях",
    "ів",
    "ии",
    "оі",
    "ти",
    "ся",
    "а",
    "я",
    "у",
    "ю",
    "и",
    "і",
    "е",
    "о",
    "є",
];

/// As they are folded: `ة` is `ه`.
const ARABIC: [&str; 7] = ["ات", "ين", "ون", "ان", "ها", "ه", "ي"];

/// The article with what is written together with it.
const ARTICLES: [&str; 4] = ["وال", "بال", "لل", "ال"];

/// The stem of a folded word. Words of other scripts stay as they are.
pub(crate) fn stem(word: &str) -> &str {
    match word.chars().next() {
        Some('\u{0600}'..='\u{06ff}') => {
            let bare = ARTICLES.iter().find_map(|article| {
                word.strip_prefix(*article).filter(|rest| rest.chars().count() >= KEPT_ARABIC)
            });
            without_ending(bare.unwrap_or(word), &ARABIC, KEPT_ARABIC)
        }
        Some('\u{0400}'..='\u{04ff}') => without_ending(word, &CYRILLIC, KEPT),
        _ => without_ending(word, &LATIN, KEPT),
    }
}

/// The first ending that leaves enough letters.
fn without_ending<'w>(word: &'w str, endings: &[&str], kept: usize) -> &'w str {
    let cut = |ending: &&str| word.strip_suffix(*ending);
    let mut stems = endings.iter().filter_map(cut);
    stems.find(|stem| stem.chars().count() >= kept).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            ["anmeldung", "anmeldungen", "anmelden"].as_slice(),
            &["wohnung", "wohnungen"],
            &["паспорт", "паспорта", "паспортами"],
            &["جواز", "الجواز", "والجواز"],
        ] {
            let stems: Vec<&str> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{stems:?}");
        }
    }

    #[test]
    fn short_words_stay() {
        for word in ["pass", "auto", "ід", "اب", "§", "漢字"] {
            assert_eq!(stem(word), word);
        }
    }
}
