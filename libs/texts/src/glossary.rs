//! For tests: one thing has one name in each language.
//!
//! The names are in `glossary.tsv`, with the words that are refused instead of each.

use std::collections::BTreeSet;

use crate::{Language, prose::passages};

const GLOSSARY: &str = include_str!("glossary.tsv");

/// A thing in one language.
struct Term {
    name: &'static str,
    refused: Vec<&'static str>,
}

/// Where the sources of each language say another word for a thing than the glossary; one line for each.
///
/// A service's test asserts that there is none.
///
/// # Panics
/// A line of the glossary has not four columns. It is part of the program.
#[must_use]
pub fn other_names<S: AsRef<[&'static str]>>(sources: impl Fn(Language) -> S) -> Vec<String> {
    let mut found = BTreeSet::new();
    for language in Language::SHIPPED {
        let terms: Vec<Term> = terms(*language).collect();
        for source in sources(*language).as_ref() {
            for text in passages(source) {
                let said = spaced(&text.words);
                for term in &terms {
                    for word in term.refused.iter().filter(|word| is_said(&said, word)) {
                        let (key, name) = (&text.key, term.name);
                        found.insert(format!("{language} {key}: write {name}, not {word}"));
                    }
                }
            }
        }
    }
    found.into_iter().collect()
}

/// The rows of one language.
fn terms(language: Language) -> impl Iterator<Item = Term> {
    rows()
        .filter(move |row| row[1] == language.tag())
        .map(|[_, _, name, refused]| Term { name, refused: refused.split(", ").collect() })
}

/// Thing, language, name, refused words.
fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    let lines = GLOSSARY.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let columns: Vec<_> = line.split('\t').collect();
        columns.try_into().unwrap_or_else(|_| panic!("glossary.tsv: four columns, not: {line}"))
    })
}

/// The words in lower case with a space around each. A hyphen or a dot within a word is part of it.
fn spaced(text: &str) -> String {
    let is_part = |letter: char| letter.is_alphanumeric() || "-·’'".contains(letter);
    let words = text.split(|letter| !is_part(letter)).filter(|word| !word.is_empty());
    words.fold(" ".to_owned(), |said, word| said + &word.to_lowercase() + " ")
}

/// A word with `*` at its end also finds what begins with it. `said` has a blank on both sides of
/// each word, so no part of a longer word is found.
fn is_said(said: &str, word: &str) -> bool {
    match word.strip_suffix('*') {
        Some(beginning) => said.contains(&format!(" {beginning}")),
        None => said.contains(&format!(" {word} ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_has_a_name_in_each_language() {
        let things: BTreeSet<_> = rows().map(|row| row[0]).collect();
        for thing in things {
            let named = rows().filter(|row| row[0] == thing).map(|row| row[1]);
            let named: Vec<_> = named.collect();
            assert_eq!(named.len(), Language::SHIPPED.len(), "{thing}: {named:?}");
            for language in Language::SHIPPED {
                assert!(named.contains(&language.tag()), "{thing} has no name in {language}");
            }
        }
    }

    #[test]
    fn another_word_is_named_with_the_right_one() {
        let told = other_names(|language| match language {
            Language::German => vec!["a = Stornieren Sie per E-Mail.\nb = Email, Mails, Mailbox"],
            Language::English => vec!["c = Log in at our log-in.\nd = Your booking numbers"],
            _ => Vec::new(),
        });
        assert_eq!(
            told,
            [
                "de a: write absagen, not storn*",
                "de b: write E-Mail, not email*",
                "de b: write E-Mail, not mails",
                "en c: write login, not log-in*",
                "en d: write appointment number, not booking number*",
            ]
        );
    }
}
