//! Lists as people write them, by the list patterns of Unicode CLDR.
//!
//! In each pattern of our languages two items have a sign or a word between them, so a text says what stands
//! there. A service that joins lists has those texts: `list-two`, `list-next` and `list-last` for things that belong
//! together, `list-comma` and `list-semicolon` for details.

use std::borrow::Cow;

use crate::Texts;

/// Between the only two items: `A und B`.
const TWO: &str = "list-two";
/// Between two of more items, but for the last.
const NEXT: &str = "list-next";
/// Before the last of more items.
const LAST: &str = "list-last";
/// Between details.
const COMMA: &str = "list-comma";
/// Between details that have commas of their own.
const SEMICOLON: &str = "list-semicolon";

impl Texts {
    /// Things that belong together: `A, B und C`.
    #[must_use]
    pub fn list<S: AsRef<str>>(self, items: &[S]) -> String {
        let mut list = String::new();
        for (before, item) in self.list_parts(items) {
            list.push_str(&before);
            list.push_str(item.as_ref());
        }
        list
    }

    /// The same in parts, each with what stands before it: for a page that marks up each item.
    #[must_use]
    pub fn list_parts<T>(self, items: &[T]) -> Vec<(Cow<'static, str>, &T)> {
        let before = |place: usize| match (place, items.len()) {
            (0, _) => Cow::Borrowed(""),
            (1, 2) => self.text(TWO),
            (place, count) if place + 1 == count => self.text(LAST),
            _ => self.text(NEXT),
        };
        items.iter().enumerate().map(|(place, item)| (before(place), item)).collect()
    }

    /// Details of one thing: `morgen, 5 freie Zeiten`. Empty ones are left out.
    #[must_use]
    pub fn details<S: AsRef<str>>(self, details: &[S]) -> String {
        self.joined(details, COMMA)
    }

    /// Details that have commas of their own: `Montag, 4. Januar; Dienstag, 5. Januar`.
    #[must_use]
    pub fn long_details<S: AsRef<str>>(self, details: &[S]) -> String {
        self.joined(details, SEMICOLON)
    }

    fn joined<S: AsRef<str>>(self, parts: &[S], between: &str) -> String {
        let parts = parts.iter().map(|part| -> &str { part.as_ref() });
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(&self.text(between))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::{Language, Locales};

    fn texts(language: Language) -> Texts {
        static LOCALES: LazyLock<Locales> = LazyLock::new(|| {
            Locales::read(|language| match language {
                Language::Arabic => &[
                    "list-comma = ،{ \" \" }\nlist-semicolon = ؛{ \" \" }\nlist-two = { \" \" }و\nlist-next = { \" \" }و\nlist-last = { \" \" }و\n",
                ],
                _ => &[
                    "list-comma = ,{ \" \" }\nlist-semicolon = ;{ \" \" }\nlist-two = { \" \" }und{ \" \" }\nlist-next = ,{ \" \" }\nlist-last = { \" \" }und{ \" \" }\n",
                ],
            })
        });
        LOCALES.texts(language)
    }

    #[test]
    fn a_list_has_the_words_of_its_language() {
        let german = texts(Language::German);
        let lists = [&[][..], &["A"], &["A", "B"], &["A", "B", "C"], &["A", "B", "C", "D"]];
        let said = lists.map(|items: &[&str]| german.list(items));
        assert_eq!(said, ["", "A", "A und B", "A, B und C", "A, B, C und D"]);
        assert_eq!(texts(Language::Arabic).list(&["أ", "ب", "ج"]), "أ وب وج");
    }

    #[test]
    fn details_have_the_sign_of_their_language_and_no_empty_one() {
        let details = ["morgen", "", "voll"];
        assert_eq!(texts(Language::German).details(&details), "morgen, voll");
        assert_eq!(texts(Language::Arabic).details(&details), "morgen، voll");
        assert_eq!(texts(Language::German).long_details(&["A, B", "C"]), "A, B; C");
    }
}
