//! What is searched: the words of each document, folded once.

use std::collections::HashMap;

use vocabulary::Language;

use crate::{fold::words, grade::Term, stop_words::without_stop_words};

/// Where a text stands; a better place counts for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// What the document is called.
    Name,
    /// What people call it.
    Keyword,
    /// What it is numbered as.
    Number,
    /// A sentence about it.
    Description,
}

impl Field {
    /// From 0 to 1.
    pub(crate) const fn weight(self) -> f64 {
        match self {
            Self::Name | Self::Number => 1.0,
            Self::Keyword => 0.95,
            Self::Description => 0.35,
        }
    }

    /// Whether a word here says how rare it is. Sentences use many words by the way.
    const fn counts(self) -> bool {
        match self {
            Self::Name | Self::Number | Self::Keyword => true,
            Self::Description => false,
        }
    }
}

/// One thing to be found, for example a service.
///
/// A service has one with its name in each language, its keywords, its number and its description.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    texts: Vec<(Field, Option<Language>, String)>,
}

impl Document {
    /// Adds a text; one call for each keyword. Numbers have no language.
    pub fn add(&mut self, field: Field, language: Option<Language>, text: &str) {
        self.texts.push((field, language, text.to_owned()));
    }
}

/// Documents, ready to be searched. Never changes: build another one for another catalogue.
///
/// One for each authority. The portal builds it when it has read the catalogue, and searches all of
/// them at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Index {
    pub(crate) documents: usize,
    pub(crate) entries: Vec<Entry>,
    pub(crate) words: Vec<Word>,
}

/// One text of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its position.
    pub(crate) document: usize,
    pub(crate) field: Field,
    pub(crate) language: Option<Language>,
    /// Positions in [`Index::words`].
    pub(crate) words: Vec<usize>,
}

/// A word that occurs in some text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) term: Term,
    /// The documents that it tells apart, in order, each once.
    pub(crate) documents: Vec<usize>,
}

impl Index {
    /// Reads the documents; a hit names their position.
    #[must_use]
    pub fn new(documents: impl IntoIterator<Item = Document>) -> Self {
        let mut index = Self::default();
        let mut known = HashMap::new();
        for document in documents {
            for (field, language, text) in document.texts {
                let words = without_stop_words(words(&text));
                let words =
                    words.into_iter().map(|word| index.word(&mut known, word, field)).collect();
                let document = index.documents;
                index.entries.push(Entry { document, field, language, words });
            }
            index.documents += 1;
        }
        index
    }

    /// The position of `text`, of which the present document has one more.
    fn word(&mut self, known: &mut HashMap<String, usize>, text: String, field: Field) -> usize {
        let next = self.words.len();
        let at = *known.entry(text).or_insert_with_key(|text| {
            self.words.push(Word { term: Term::new(text.clone()), documents: Vec::new() });
            next
        });
        if let Some(word) = self.words.get_mut(at)
            && field.counts()
            && word.documents.last() != Some(&self.documents)
        {
            word.documents.push(self.documents);
        }
        at
    }
}
