//! For tests: whether every language says the same things.
//!
//! German is the measure, since every text exists in it.

use std::{collections::BTreeSet, fs, io, path::Path};

use crate::{
    Language,
    source::{Part, parts},
};

/// What each language lacks, and what it says that German does not; one line for each text.
///
/// A service's test asserts that the list is empty; the portal, identity and notification each
/// have one. The lines come language by language, in the order of [`Language::SHIPPED`].
#[must_use]
pub fn differences<S: AsRef<[&'static str]>>(sources: impl Fn(Language) -> S) -> Vec<String> {
    let german = keys(sources(Language::German).as_ref());
    let compare = |language: &Language| {
        let these = keys(sources(*language).as_ref());
        let missing = german.difference(&these).map(|key| format!("{language} lacks {key}"));
        let left_over =
            these.difference(&german).map(|key| format!("{language}: nobody needs {key}"));
        missing.chain(left_over).collect::<Vec<_>>()
    };
    Language::SHIPPED.iter().flat_map(compare).collect()
}

/// The names of all texts in Fluent sources, attributes included (`weekday-1.short`).
///
/// A name stands at the beginning of a line and before ` =`, as our sources are formatted.
/// Comments, continued lines and variants of a selection are no names.
#[must_use]
pub fn keys(sources: &[&str]) -> BTreeSet<String> {
    parts(sources).iter().map(Part::key).collect()
}

/// Everything that stands in quotes in the templates and the code of the crate at `root`: the names of the
/// texts that it uses are among it, and what longer names are made of.
///
/// A test asserts by it that each text is used and each used text exists. It looks at quotes and
/// not at syntax, so a name that is put together at run time must be let through by the test
/// itself.
///
/// # Errors
/// A file cannot be read.
pub fn quoted(root: &Path) -> io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root.join("templates"), root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                // A snapshot need not be a text.
                let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
                found.extend(text.split('"').map(str::to_owned));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: &str = "
# a = comment
one = Eins
two = { $count ->
        [one] a = b
       *[other] c
    }
    .short = Zwei
";

    #[test]
    fn attributes_are_texts_and_comments_and_variants_are_not() {
        assert_eq!(Vec::from_iter(keys(&[GERMAN])), ["one", "two", "two.short"]);
    }

    #[test]
    fn what_a_language_lacks_is_named() {
        let sources = |language| -> &'static [&'static str] {
            match language {
                Language::Turkish => &["one = Bir\ntwo = Iki\nthree = Üç"],
                _ => &[GERMAN],
            }
        };
        assert_eq!(differences(sources), ["tr lacks two.short", "tr: nobody needs three"]);
    }
}
