//! Words that say nothing about what a person needs.
//!
//! Only words that no service is told apart by. "verloren" and "verlängern" stay: a lost document is
//! another matter than a new one.

use std::{collections::HashSet, sync::LazyLock};

use crate::fold::words;

/// German, English, Turkish, Ukrainian and Arabic. They are folded like everything else.
const TEXTS: [&str; 5] = [
    "ich wir mein meine meinen meiner mich mir muss will möchte kann brauche der die das den dem des \
     ein eine einen einem einer und oder für von im in ins am an auf aus bei mit nach zu zum zur wie \
     was wo lassen beantragen bin ist habe termin buchen amt berlin bitte machen wegen",
    "i my me a an the to for of in on at from with and or do need want how get make appointment book \
     germany is am have would like please where can",
    "bir ve için ile nasıl randevu almak almanya istiyorum benim bu de da",
    "я на в у з із до для про та і або як мені мій моя моє треба потрібно потрібен запис термін хочу",
    "في من على إلى عن و أو كيف أريد موعد حجز لي",
];

static STOP_WORDS: LazyLock<HashSet<String>> =
    LazyLock::new(|| TEXTS.iter().flat_map(|text| words(text)).collect());

/// Whether a folded word says nothing about what a person needs.
pub(crate) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(word)
}

/// `words` without stop words; all of them if nothing else is left.
pub(crate) fn without_stop_words(words: Vec<String>) -> Vec<String> {
    let is_telling = |word: &String| !is_stop_word(word);
    if words.iter().any(is_telling) {
        words.into_iter().filter(is_telling).collect()
    } else {
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_keeps_its_telling_words() {
        assert_eq!(
            without_stop_words(words("Ich muss meine Wohnung ummelden")),
            ["wohnung", "ummelden"]
        );
        assert_eq!(without_stop_words(words("der die das")), ["der", "die", "das"]);
    }
}
