//! What messages say. The texts are in `locales/<language>.ftl` (Fluent).

mod dates;

use std::sync::LazyLock;

pub(crate) use texts::Language;
use texts::{FurtherTexts, Locales, OwnTexts, TextMistake};

/// The texts of one language.
#[derive(Clone, Copy)]
pub(crate) struct Texts(texts::Texts);

static LOCALES: LazyLock<Locales> = LazyLock::new(|| Locales::read(sources));

/// Puts an operator's sentences in the place of ours, and further languages beside them.
pub(crate) fn replace(own: &OwnTexts, further: &FurtherTexts) -> Result<(), TextMistake> {
    LOCALES.replace(own, further, sources)
}

/// What is wrong with an operator's sentences.
pub(crate) fn mistakes(own: &OwnTexts, further: &FurtherTexts) -> Vec<TextMistake> {
    texts::mistakes(own, further, sources)
}

/// The sentences in English, as Fluent sources: what a translation begins with.
#[must_use]
pub fn english() -> Vec<&'static str> {
    sources(Language::English).to_vec()
}

/// The language with that tag in an event: English for a known one that this installation does not write,
/// German, the official language, if nobody knows it.
pub(crate) fn language_of(tag: &str) -> Language {
    tag.parse::<Language>().map_or(Language::German, |language| LOCALES.texts(language).language())
}

impl Texts {
    pub(crate) fn of(language: Language) -> Self {
        Self(LOCALES.texts(language))
    }

    /// The language that it really is.
    pub(crate) fn language(self) -> Language {
        self.0.language()
    }

    /// The text called `id`.
    pub(crate) fn text(self, id: &str) -> String {
        self.0.text(id).into_owned()
    }

    /// The text called `id` with values put in.
    pub(crate) fn fill(self, id: &str, values: &[(&str, &str)]) -> String {
        self.0.fill_all(id, values).into_owned()
    }

    /// Details of one thing, with what stands between them in the language.
    pub(crate) fn details(self, details: &[&str]) -> String {
        self.0.details(details)
    }

    /// How a letter begins. The `name` is empty if it is not known.
    pub(crate) fn greeting(self, name: &str) -> String {
        match name {
            "" => self.text("greeting"),
            name => self.fill("greeting-name", &[("name", name)]),
        }
    }

    /// The same with parts of the text's own language, a date for example: without isolates, which would
    /// stand within those of the text that it is put into.
    fn compose(self, id: &str, parts: &[(&str, &str)]) -> String {
        self.0.compose(id, parts).into_owned()
    }
}

const fn sources(language: Language) -> &'static [&'static str] {
    match language {
        Language::German => &[include_str!("../../locales/de.ftl")],
        Language::English => &[include_str!("../../locales/en.ftl")],
        Language::EasyGerman => &[include_str!("../../locales/de-easy.ftl")],
        Language::Turkish => &[include_str!("../../locales/tr.ftl")],
        Language::Ukrainian => &[include_str!("../../locales/uk.ftl")],
        Language::Arabic => &[include_str!("../../locales/ar.ftl")],
        Language::Further(_) => &[],
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use super::*;

    #[test]
    fn every_language_says_everything() {
        assert_eq!(texts::differences(sources), [""; 0]);
    }

    /// Subject, heading, intro and notes belong to a kind of message; a paused webhook has kinds of failures.
    fn is_composed(key: &str, quoted: &BTreeSet<String>) -> bool {
        let parts = ["-subject", "-heading", "-intro", "-how", "-silence"];
        let kind = parts.iter().find_map(|part| key.strip_suffix(part));
        let failure = key.strip_prefix("webhook-paused-");
        ["weekday-", "month-", "list-"].iter().any(|prefix| key.starts_with(prefix))
            || [kind, failure].into_iter().flatten().any(|part| quoted.contains(part))
    }

    #[test]
    fn every_text_is_used() {
        let quoted = texts::quoted(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let mut unused = texts::keys(sources(Language::German));
        unused.retain(|key| !quoted.contains(key) && !is_composed(key, &quoted));
        assert!(unused.is_empty(), "no message uses {unused:?}");
    }

    #[test]
    fn a_language_that_is_not_written_here_is_english_and_an_unknown_one_german() {
        assert_eq!(language_of("uk"), Language::Ukrainian);
        assert_eq!(language_of("vi"), Language::English);
        assert_eq!(language_of("tlh"), Language::German);
    }

    #[test]
    fn every_text_is_plain_one_thing_has_one_name_and_counts_have_their_forms() {
        assert_eq!(texts::hard_to_read(sources), [""; 0]);
        assert_eq!(texts::other_names(sources), [""; 0]);
        assert_eq!(texts::missing_forms(sources), [""; 0]);
    }
}
