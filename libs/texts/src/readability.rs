//! For tests: whether what people read is plain.
//!
//! Two measures. No sentence is longer than a reader of its language bears. And all prose of a source stays
//! below a grade: German by the first Wiener Sachtextformel (Bamberger and Vanecek 1984), English by the
//! Flesch-Kincaid grade (Kincaid and others 1975); both are about the school year that a reader needs. Few
//! sentences swing, so a source is judged as a whole and only from [`ENOUGH`] words on. For the other
//! languages there is no such measure that is agreed on.
//!
//! A formula counts and does not read: it finds what grew too heavy, and proves no text good.
//!
//! The formulas are estimates from the length of words and sentences. They cannot say whether a
//! text is right, but a text that fails is too long for a form that is read once, under pressure,
//! by people whose language it may not be.

use crate::{
    Language,
    prose::{Passage, passages, sentences, words},
};

/// So many words of prose make a grade worth something.
const ENOUGH: usize = 60;
/// A word with more letters is long to the Wiener Sachtextformel.
const LONG_WORD: usize = 6;
/// A word with so many syllables is hard to it.
const HARD_WORD: usize = 3;

/// What a language's texts stay below.
struct Limits {
    words_in_sentence: usize,
    grade: Option<Grade>,
}

#[derive(Clone, Copy)]
struct Grade {
    /// Of the sentences of a source.
    formula: fn(&[&str]) -> f64,
    most: f64,
}

/// The most that each language may have.
fn limits(language: Language) -> Limits {
    let wiener = |most| Some(Grade { formula: wiener_sachtextformel, most });
    let (words_in_sentence, grade) = match language {
        Language::German => (20, wiener(7.0)),
        // Leichte Sprache: one thought in a sentence.
        Language::EasyGerman => (12, wiener(3.0)),
        Language::English => (20, Some(Grade { formula: flesch_kincaid, most: 6.0 })),
        // Endings stand where other languages have words of their own.
        Language::Turkish => (16, None),
        Language::Ukrainian => (18, None),
        // A further language has no sentences of ours to measure.
        Language::Arabic | Language::Further(_) => (20, None),
    };
    Limits { words_in_sentence, grade }
}

/// What is hard to read in the sources of each language, one line for each; none if all is plain.
///
/// A service's test asserts that there is none.
#[must_use]
pub fn hard_to_read<S: AsRef<[&'static str]>>(sources: impl Fn(Language) -> S) -> Vec<String> {
    let mut found = Vec::new();
    for language in Language::SHIPPED {
        let Limits { words_in_sentence, grade } = limits(*language);
        for source in sources(*language).as_ref() {
            let texts = passages(source);
            found.extend(long_sentences(*language, &texts, words_in_sentence));
            let prose = prose(&texts);
            let Some(Grade { formula, most }) = grade.filter(|_| word_count(&prose) >= ENOUGH)
            else {
                continue;
            };
            let grade = formula(&prose);
            if grade > most {
                let first = texts.first().map_or("", |text| text.key.as_str());
                found.push(format!("{language}: grade {grade:.1} from {first} on, {most} at most"));
            }
        }
    }
    found
}

fn long_sentences(language: Language, texts: &[Passage], most: usize) -> Vec<String> {
    let sentences = texts.iter().flat_map(|text| {
        sentences(&text.words).into_iter().map(move |sentence| (text.key.as_str(), sentence))
    });
    let long = sentences.filter_map(|(key, sentence)| {
        let count = words(sentence).count();
        let sentence = sentence.trim();
        (count > most)
            .then(|| format!("{language} {key}: {count} words, {most} at most: {sentence}"))
    });
    long.collect()
}

/// The sentences of all texts that are made of such.
fn prose(texts: &[Passage]) -> Vec<&str> {
    let texts = texts.iter().filter(|text| text.is_prose());
    texts.flat_map(|text| sentences(&text.words)).collect()
}

fn word_count(sentences: &[&str]) -> usize {
    sentences.iter().map(|sentence| words(sentence).count()).sum()
}

/// From 4, very easy, to 15, very hard.
fn wiener_sachtextformel(sentences: &[&str]) -> f64 {
    let words: Vec<&str> = sentences.iter().flat_map(|sentence| words(sentence)).collect();
    let percent = |is: fn(&str) -> bool| {
        100.0 * ratio(words.iter().filter(|word| is(word)).count(), words.len())
    };
    let hard = percent(|word| syllables(word) >= HARD_WORD);
    let long = percent(|word| word.chars().count() > LONG_WORD);
    let short = percent(|word| syllables(word) == 1);
    let length = ratio(words.len(), sentences.len());
    0.1935 * hard + 0.1672 * length + 0.1297 * long - 0.0327 * short - 0.875
}

/// The years of school in the United States.
fn flesch_kincaid(sentences: &[&str]) -> f64 {
    let words: Vec<&str> = sentences.iter().flat_map(|sentence| words(sentence)).collect();
    let spoken: usize = words.iter().map(|word| english_syllables(word)).sum();
    0.39 * ratio(words.len(), sentences.len()) + 11.8 * ratio(spoken, words.len()) - 15.59
}

/// Runs of vowels, one at least.
fn syllables(word: &str) -> usize {
    let is_vowel = |letter: char| "aeiouäöüy".contains(letter);
    let letters: Vec<char> = word.to_lowercase().chars().collect();
    let runs = letters.chunk_by(|a, b| is_vowel(*a) == is_vowel(*b));
    runs.filter(|run| run.first().is_some_and(|letter| is_vowel(*letter))).count().max(1)
}

/// An e at the end is mostly silent, also before d and s.
fn english_syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let spoken_end = ["ted", "ded", "ses", "xes", "ces", "ges", "ches", "shes", "le", "ee"];
    let is_silent = ["e", "ed", "es"].iter().any(|end| word.ends_with(end))
        && !spoken_end.iter().any(|end| word.ends_with(end));
    (syllables(&word) - usize::from(is_silent)).max(1)
}

#[expect(clippy::cast_precision_loss, reason = "counts of words are far below 2^52")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence of an office, and what it means.
    const OFFICIAL: &str = "Die Inanspruchnahme der Terminverwaltung setzt eine vorherige Authentifizierung \
        unter Verwendung eines elektronischen Identitätsnachweises voraus.";
    const PLAIN: &str =
        "Zum Buchen melden Sie sich mit Ihrem Ausweis an. Freie Termine sehen Sie auch so.";

    #[test]
    fn the_formula_tells_an_official_sentence_from_a_plain_one() {
        let official = wiener_sachtextformel(&sentences(OFFICIAL));
        let plain = wiener_sachtextformel(&sentences(PLAIN));
        assert!(official > 14.0 && plain < 5.0, "{official:.1} and {plain:.1}");
        let hard =
            "The utilisation of this administrative facility necessitates prior authentication.";
        let easy = "Log in to book. You can see free times without it.";
        let (hard, easy) = (flesch_kincaid(&sentences(hard)), flesch_kincaid(&sentences(easy)));
        assert!(hard > 14.0 && easy < 3.0, "{hard:.1} and {easy:.1}");
    }

    #[test]
    fn syllables_are_those_that_are_spoken() {
        let spoken = ["Termin", "Behörde", "Aufenthaltstitel", "115"].map(syllables);
        assert_eq!(spoken, [2, 3, 5, 1]);
        let spoken = ["move", "moved", "table", "waited", "office", "free"].map(english_syllables);
        assert_eq!(spoken, [1, 1, 2, 2, 2, 1]);
    }

    #[test]
    fn what_is_too_long_or_too_hard_is_named() {
        let long = format!("long = {}.\n", ["ja"; 21].join(" "));
        let hard = format!("hard = {}\n", [OFFICIAL; 6].join(" "));
        let plain = format!("plain = {}\n", [PLAIN; 5].join(" "));
        let source: &'static str = Box::leak((long + &plain).into_boxed_str());
        let grade: &'static str = Box::leak(hard.into_boxed_str());
        let told = hard_to_read(|language| match language {
            Language::German => vec![source, grade],
            _ => Vec::new(),
        });
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("de long: 21 words, 20 at most: ja ja"), "{told:?}");
        assert!(told[1].starts_with("de: grade ") && told[1].contains(" from hard on"), "{told:?}");
    }
}
