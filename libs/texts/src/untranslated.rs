//! What a translation still lacks, for whoever goes on with it.

use std::fmt::Write as _;

use crate::source::{messages, split};

/// The messages of the `english` sources that a translation lacks, as a Fluent source to go on with. Of a
/// message that it has in parts, what is missing is a comment: a name may not come twice.
#[must_use]
pub fn untranslated(english: &[&str], translated: &str) -> String {
    let there = messages(&[translated]);
    let mut text = String::new();
    for (name, message) in messages(english) {
        let Some(known) = there.get(&name) else {
            text.push_str(&message.written(&name));
            continue;
        };
        let known = known.names(&name);
        for id in message.names(&name).iter().filter(|id| !known.contains(id)) {
            let part = message.part(split(id).1).unwrap_or_default().trim();
            // Writing to a text does not fail.
            let _ = writeln!(text, "# `{id}` is missing: {}", part.replace('\n', "\n# "));
        }
    }
    text
}

/// Shorter texts may well be the same in another language: a name, a sign, a borrowed word.
const MIN_WORDS: usize = 4;

/// The names of the sentences that a translation has word for word as the `english` sources.
pub(crate) fn as_in_english(english: &[&str], translated: &str) -> Vec<String> {
    let there = messages(&[translated]);
    let mut found = Vec::new();
    for (name, message) in messages(english) {
        let Some(known) = there.get(&name) else { continue };
        for id in message.names(&name) {
            let attribute = split(&id).1;
            let ours = message.part(attribute).unwrap_or_default();
            let theirs = known.part(attribute).unwrap_or_default();
            // How far a line was indented does not count.
            let is_same = ours.split_whitespace().eq(theirs.split_whitespace());
            if is_same && words(ours) >= MIN_WORDS {
                found.push(id);
            }
        }
    }
    found
}

/// What people read as a word, without what is filled in.
fn words(text: &str) -> usize {
    let is_word = |part: &&str| {
        let part = part.trim_matches(|letter: char| letter.is_ascii_punctuation());
        !part.is_empty() && part.chars().all(char::is_alphabetic)
    };
    text.split_whitespace().filter(is_word).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_are_still_english_are_named_and_names_are_not() {
        let english =
            "one = You can cancel it here.\ntwo = Online ID card\nthree = Three more words here\n";
        let polish = "one = You can cancel it here.\ntwo = Online ID card\nthree = Trzy\n";
        assert_eq!(as_in_english(&[english], polish), ["one"]);
        assert_eq!(as_in_english(&[english], ""), [""; 0]);
    }

    #[test]
    fn what_is_printed_can_be_put_behind_what_is_there() {
        let english = "one = One\ntwo = Two\n    .short = 2\nthree =\n    Three\n    lines\n";
        let polish = "two = Dwa\n";
        let rest = untranslated(&[english], polish);
        assert_eq!(rest, "one = One\nthree = Three\n        lines\n# `two.short` is missing: 2\n");
        assert_eq!(
            untranslated(&[english], &format!("{polish}{rest}")),
            "# `two.short` is missing: 2\n"
        );
        assert_eq!(untranslated(&[english], english), "");
    }
}
