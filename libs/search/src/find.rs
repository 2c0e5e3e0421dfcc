//! Adds up how well each document fits all words of a query, and ranks.
//!
//! A score is the share of what could be reached: the sum of the grades of all words, each times
//! its importance (inverse document frequency), divided by what a perfect fit of every word would
//! give. Thresholds were found by the queries in `services/portal/tests/it/queries`; after a change
//! of one, look at what these find.

use std::{collections::BTreeSet, ops::RangeInclusive};

use vocabulary::Language;

use crate::{
    compound,
    fold::words,
    grade::{SAME, Term, closeness, is_unfinished, misspelt},
    index::{Entry, Index, Word},
    stop_words::without_stop_words,
};

/// How many letters of a query are read, and how many of its words count.
const LONGEST_QUERY: usize = 120;
const MOST_WORDS: usize = 8;

/// Below this share of the best possible score the page says that nothing fits well.
const SURE: f64 = 0.28;

/// From this grade on, weighted by where it stands, a word that was typed is found in a document. The end of
/// a longer word is less: "Führerschein" is no "Kfz-Schein".
const COVERED: f64 = 0.42;

/// A word with such a grade is one of the catalogue's words.
const KNOWN: f64 = 0.45;

/// What is left out beside the best: a smaller share of its score.
const SHARE_OF_BEST: f64 = 0.35;

/// Most hits.
const MOST_HITS: usize = 12;

/// A word with a grade below this may be misspelt.
const MISSPELT_BELOW: f64 = 0.5;

/// A word without a better grade than this may be a compound of so many letters.
const COMPOUND_BELOW: f64 = 0.7;
const COMPOUND_LETTERS: RangeInclusive<usize> = 8..=40;

/// Grades this near to the best count as the same when it is asked how rare a word is.
const NEAR_BEST: f64 = 0.11;

/// What texts in other languages than the page's are worth. People search in their own language on
/// German pages and the other way round.
const OTHER_LANGUAGE: f64 = 0.93;

/// How much of a score comes from the one text that fits best, and of that how much from how
/// completely it was typed.
const BEST_TEXT: f64 = 0.7;
const COMPLETENESS: f64 = 0.45;

/// So many words of a query must be found in a document that is shown though it is not what was asked for.
const NEAR_WORDS: usize = 2;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Best first. Empty if nothing is near: what shares a word or some letters only would mislead.
    pub hits: Vec<Hit>,
    /// Whether the best hit is probably what was meant. If not, say so and show everything else, too.
    pub is_sure: bool,
}

/// A document that fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The position of its index among those that were searched.
    pub index: usize,
    /// Its position in the index.
    pub document: usize,
    /// From 0 to 1; 1 is a name typed in full.
    pub score: f64,
}

/// How a document fits a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// It is what was asked for.
    Meant,
    /// It is not, but near to it.
    Near,
    /// It only shares a word or a part of one.
    Unrelated,
}

/// One word of the query.
struct Asked {
    /// By index and word: how well it fits.
    grades: Vec<Vec<f64>>,
    /// Rare words say more.
    importance: f64,
    /// Some document has it.
    is_known: bool,
}

/// Searches all `indexes` as if they were one. `language` is that of the page.
///
/// Equal scores stay in the order of the indexes and documents, so the same query always answers the
/// same. Costs a comparison of each typed word with each word of the indexes.
#[must_use]
pub fn find(indexes: &[&Index], query: &str, language: Language) -> Found {
    let query: String = query.chars().take(LONGEST_QUERY).collect();
    let typed = without_stop_words(words(&query));
    let asked: Vec<Asked> = parts(indexes, typed)
        .into_iter()
        .take(MOST_WORDS)
        .map(|word| Asked::of(indexes, &Term::new(word)))
        .collect();
    let possible: f64 = asked.iter().map(|word| word.importance).sum();
    let scored: Vec<(Hit, Fit)> = indexes
        .iter()
        .enumerate()
        .flat_map(|(at, index)| score(at, index, &asked, language, possible))
        .filter(|(_, fit)| *fit != Fit::Unrelated)
        .collect();
    let is_sure = scored.iter().any(|(hit, fit)| *fit == Fit::Meant && hit.score >= SURE);
    let hits = scored.into_iter().map(|(hit, _)| hit).collect();
    Found { hits: ranked(hits), is_sure }
}

/// The best first, without those that are far behind it. The sort is stable, so equal scores keep
/// their order.
fn ranked(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by(|one, other| other.score.total_cmp(&one.score));
    let best = hits.first().map_or(0.0, |hit| hit.score);
    hits.retain(|hit| hit.score >= best * SHARE_OF_BEST);
    hits.truncate(MOST_HITS);
    hits
}

/// The words with compounds split that are not known as a whole.
fn parts(indexes: &[&Index], typed: Vec<String>) -> Vec<String> {
    let terms = || indexes.iter().flat_map(|index| &index.words).map(|word| &word.term);
    let best = |text: &str| {
        let asked = Term::new(text.to_owned());
        terms().map(|known| closeness(&asked, known)).fold(0.0, f64::max)
    };
    // Words that are this close begin alike, which is quicker to see.
    let is_known = |part: &str| {
        let asked = Term::new(part.to_owned());
        let begins_alike = |known: &&Term| known.text.chars().next() == part.chars().next();
        terms().filter(begins_alike).any(|known| closeness(&asked, known) > COMPOUND_BELOW)
    };
    let split = |word: String| {
        let is_compound = COMPOUND_LETTERS.contains(&word.chars().count());
        if !is_compound || best(&word) >= COMPOUND_BELOW {
            return vec![word];
        }
        match compound::split(&word, is_known) {
            Some((first, second)) => vec![first, second],
            None => vec![word],
        }
    };
    typed.into_iter().take(MOST_WORDS).flat_map(split).collect()
}

impl Asked {
    /// Grades a typed word against every word of the indexes. Errors of typing are tried only if
    /// nothing fits without them, since they cost more and find more that is wrong.
    fn of(indexes: &[&Index], asked: &Term) -> Self {
        let grade = |how: fn(&Term, &Term) -> f64| -> Vec<Vec<f64>> {
            let words = |index: &&Index| index.words.iter().map(|w| how(asked, &w.term)).collect();
            indexes.iter().map(words).collect()
        };
        let mut grades = grade(closeness);
        if best_of(&grades) < MISSPELT_BELOW {
            for (known, other) in grades.iter_mut().flatten().zip(grade(misspelt).iter().flatten())
            {
                *known = known.max(*other);
            }
        }
        if best_of(&grades) >= SAME {
            // Who typed a whole word is not still typing: "perso" is no "personalised plate".
            let words = indexes.iter().flat_map(|index| &index.words);
            for (grade, word) in grades.iter_mut().flatten().zip(words) {
                if is_unfinished(asked, &word.term, *grade) {
                    *grade = 0.0;
                }
            }
        }
        let importance = importance(indexes, &grades);
        let is_known = best_of(&grades) >= KNOWN;
        Self { grades, importance, is_known }
    }

    /// 0 for a word that the grades do not have.
    fn grade(&self, index: usize, word: usize) -> f64 {
        self.grades.get(index).and_then(|grades| grades.get(word)).copied().unwrap_or(0.0)
    }
}

/// 0 if there are no words.
fn best_of(grades: &[Vec<f64>]) -> f64 {
    grades.iter().flatten().copied().fold(0.0, f64::max)
}

/// The inverse document frequency of what fits best.
fn importance(indexes: &[&Index], grades: &[Vec<f64>]) -> f64 {
    let documents: usize = indexes.iter().map(|index| index.documents).sum();
    let near = best_of(grades) - NEAR_BEST;
    let fitting = |(index, grades): (&&Index, &Vec<f64>)| {
        let near_best = |(word, grade): (&Word, &f64)| {
            (*grade > 0.0 && *grade >= near).then(|| word.documents.clone())
        };
        let words = index.words.iter().zip(grades);
        words.filter_map(near_best).flatten().collect::<BTreeSet<_>>().len()
    };
    let frequency: usize = indexes.iter().zip(grades).map(fitting).sum();
    (1.0 + as_float(documents) / as_float(frequency.max(1))).ln()
}

/// How a document with such words (by position in the query) fits. It is meant if it has all words that the
/// catalogue knows, since "auto abmelden" is neither a car nor a flat to deregister, and if words that no document
/// has are not most of the query. It is near if it has several words and most of the query.
fn fit(asked: &[Asked], words: &[f64], possible: f64) -> Fit {
    let is_covered = |(word, best): &(&Asked, &f64)| **best >= COVERED * word.importance;
    let pairs = || asked.iter().zip(words);
    let covered: f64 = pairs().filter(is_covered).map(|(word, _)| word.importance).sum();
    let misses = pairs().any(|pair| pair.0.is_known && !is_covered(&pair));
    match covered > possible / 2.0 {
        true if !misses => Fit::Meant,
        true if pairs().filter(is_covered).count() >= NEAR_WORDS => Fit::Near,
        _ => Fit::Unrelated,
    }
}

/// The hits of one index, and how each fits.
fn score(
    at: usize,
    index: &Index,
    asked: &[Asked],
    language: Language,
    possible: f64,
) -> Vec<(Hit, Fit)> {
    let mut best_text = vec![0.0_f64; index.documents];
    let mut best_words = vec![0.0_f64; index.documents * asked.len()];
    for entry in &index.entries {
        let weight = entry.field.weight() * language_weight(entry.language, language);
        let (mut sum, mut used) = (0.0, BTreeSet::new());
        for (position, word) in asked.iter().enumerate() {
            let Some((known, grade)) = best_word(at, entry, word) else { continue };
            used.insert(known);
            sum += grade * word.importance;
            let slot = best_words.get_mut(entry.document * asked.len() + position);
            raise(slot, weight * grade * word.importance);
        }
        let complete = as_float(used.len()) / as_float(entry.words.len().max(1));
        let value = weight * sum * (1.0 - COMPLETENESS + COMPLETENESS * complete);
        raise(best_text.get_mut(entry.document), value);
    }
    let possible = possible.max(f64::MIN_POSITIVE);
    let hit = |(document, text): (usize, &f64)| {
        let begin = document * asked.len();
        let words = best_words.get(begin..begin + asked.len()).unwrap_or_default();
        let sum: f64 = words.iter().sum();
        let score = (BEST_TEXT * text + (1.0 - BEST_TEXT) * sum) / possible;
        (Hit { index: at, document, score }, fit(asked, words, possible))
    };
    best_text.iter().enumerate().map(hit).collect()
}

/// The greater of what is there and `value`.
fn raise(slot: Option<&mut f64>, value: f64) {
    if let Some(slot) = slot {
        *slot = slot.max(value);
    }
}

/// The word of the entry that fits best, and how well.
fn best_word(index: usize, entry: &Entry, asked: &Asked) -> Option<(usize, f64)> {
    let graded = entry.words.iter().map(|word| (*word, asked.grade(index, *word)));
    graded.filter(|(_, grade)| *grade > 0.0).max_by(|one, other| one.1.total_cmp(&other.1))
}

/// Easy German is German.
fn language_weight(text: Option<Language>, page: Language) -> f64 {
    let base = |language| match language {
        Language::EasyGerman => Language::German,
        other => other,
    };
    let is_other = text.is_some_and(|text| base(text) != base(page));
    if is_other { OTHER_LANGUAGE } else { 1.0 }
}

/// Counts are small: exact.
fn as_float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
