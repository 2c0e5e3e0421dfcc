//! How well a word that was typed fits a word of the catalogue, from 0 to 1.
//!
//! Same word > same stem > same beginning > unfinished > within a compound > misspelt.
//!
//! The numbers are an order with distances and no probabilities. They were set so that what people
//! typed finds the right service (`services/portal/tests/it/queries`), with room between two kinds
//! for the weight of a field.

/// A folded word with its stem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) text: String,
    stem: String,
    /// In letters, not in bytes.
    length: usize,
    stem_length: usize,
}

/// The word as the catalogue has it, after folding.
pub(crate) const SAME: f64 = 1.0;
/// Another ending of the same word: `Ummeldung`, `ummelden`.
const SAME_STEM: f64 = 0.9;
/// At least five letters and three quarters of the longer stem.
const SAME_BEGINNING: f64 = 0.75;
/// Still being typed: three letters or more, at the beginning of a word.
const UNFINISHED: f64 = 0.7;
/// Somewhere within a compound: `schein` in `Führerschein`.
const WITHIN: f64 = 0.6;
/// The same without the ending of what was typed: "heiraten" is not what "Heiratsvisum" is about.
const STEM_WITHIN: f64 = 0.42;
/// One letter is wrong, missing, too much or exchanged with its neighbour (optimal string alignment
/// distance).
const ONE_ERROR: f64 = 0.7;
/// Two such errors, in words of eight letters or more.
const TWO_ERRORS: f64 = 0.55;
/// Unfinished and misspelt.
const ERROR_IN_BEGINNING: f64 = 0.45;

/// What a part of a longer word that was typed is worth: this much for all of it, ...
const PART: f64 = 0.6;
/// ... and this much in any case.
const SMALLEST_PART: f64 = 0.1;

impl Term {
    /// `text` is folded.
    pub(crate) fn new(text: String) -> Self {
        let stem = crate::stem::stem(&text).to_owned();
        let (length, stem_length) = (text.chars().count(), stem.chars().count());
        Self { text, stem, length, stem_length }
    }
}

/// How well `asked` fits `known` without any error of typing; 0 if it does not.
pub(crate) fn closeness(asked: &Term, known: &Term) -> f64 {
    if asked.text == known.text {
        return SAME;
    }
    if asked.stem == known.stem {
        return SAME_STEM;
    }
    let shared = shared_beginning(&asked.stem, &known.stem);
    if shared >= 5 && shared * 4 >= asked.stem_length.max(known.stem_length) * 3 {
        return SAME_BEGINNING;
    }
    if asked.length >= 3 && known.text.starts_with(&asked.text) {
        return UNFINISHED;
    }
    if asked.length >= 4 && known.text.contains(&asked.text) {
        return WITHIN;
    }
    if asked.stem_length >= 5 && known.text.contains(&asked.stem) {
        return STEM_WITHIN;
    }
    part_of(asked, known)
}

/// Whether `known` begins with what was typed and fits no better than that (`grade`).
pub(crate) fn is_unfinished(asked: &Term, known: &Term, grade: f64) -> bool {
    grade <= UNFINISHED && asked.length >= 3 && known.text.starts_with(&asked.text)
}

/// `known` is a part of the longer `asked`: of "Wohnungsanmeldung" both parts say something.
fn part_of(asked: &Term, known: &Term) -> f64 {
    let worth = |length: usize| PART * ratio(length, asked.length) + SMALLEST_PART;
    let is_end = |part: &str| asked.text.starts_with(part) || asked.text.ends_with(part);
    if known.length >= 4 && is_end(&known.text) {
        return worth(known.length);
    }
    if known.stem_length >= 4 && asked.text.starts_with(&known.stem) {
        return worth(known.stem_length);
    }
    if known.stem_length >= 5 && asked.text.contains(&known.stem) {
        return worth(known.stem_length);
    }
    0.0
}

/// How well `asked` fits `known` if it was misspelt; 0 if it does not.
///
/// An error is a letter that is wrong, missing or too much, or two that are exchanged. Short words
/// allow none: too many of them differ by one letter.
pub(crate) fn misspelt(asked: &Term, known: &Term) -> f64 {
    let allowed = match asked.length {
        ..4 => return 0.0,
        4..8 => 1,
        _ => 2,
    };
    if asked.length.abs_diff(known.length) <= allowed {
        match strsim::osa_distance(&asked.text, &known.text) {
            0 | 1 => return ONE_ERROR,
            2 if allowed == 2 => return TWO_ERRORS,
            _ => {}
        }
    }
    if asked.length >= 6 && known.length > asked.length {
        let beginning: String = known.text.chars().take(asked.length).collect();
        if strsim::osa_distance(&asked.text, &beginning) <= 1 {
            return ERROR_IN_BEGINNING;
        }
    }
    0.0
}

/// In letters.
fn shared_beginning(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count()
}

/// Words have few letters: exact.
fn ratio(part: usize, whole: usize) -> f64 {
    let as_float = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    as_float(part) / as_float(whole.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(text: &str) -> Term {
        Term::new(crate::fold::fold(text))
    }

    #[test]
    fn the_closer_a_word_the_better_its_grade() {
        let asked = term("Ausweis");
        let grades: Vec<f64> =
            ["Ausweis", "Ausweise", "Ausweisnummer", "Personalausweis", "Reisepass"]
                .iter()
                .map(|known| closeness(&asked, &term(known)))
                .collect();
        assert!(grades.windows(2).all(|pair| pair[0] > pair[1]), "{grades:?}");
        assert!(grades.last().is_some_and(|last| *last == 0.0));
    }

    #[test]
    fn one_error_in_a_word_of_four_letters_and_two_from_eight() {
        assert!(misspelt(&term("Reisepas"), &term("Reisepass")) > 0.6);
        assert!(misspelt(&term("Fürungszeugniss"), &term("Führungszeugnis")) > 0.5);
        assert!(misspelt(&term("Personalauswies"), &term("Personalausweis")) > 0.6, "exchanged");
        assert!(misspelt(&term("Pas"), &term("Pass")) == 0.0);
        assert!(misspelt(&term("Hund"), &term("Mund")) > 0.0);
        assert!(misspelt(&term("Hunde"), &term("Munda")) == 0.0);
    }

    #[test]
    fn a_compound_that_was_typed_contains_what_is_known() {
        assert!(closeness(&term("Wohnungsanmeldung"), &term("Wohnung")) > 0.3);
        assert!(closeness(&term("Ausweisverlust"), &term("Ausweis")) > 0.3);
    }
}
