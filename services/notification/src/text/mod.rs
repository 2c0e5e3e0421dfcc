//! What messages say. The texts are in `locales/<language>.ftl` (Fluent).

mod dates;

use std::sync::LazyLock;

pub(crate) use texts::Language;
use texts::{Locales, OwnTexts, TextMistake};

/// The texts of one language.
#[derive(Clone, Copy)]
pub(crate) struct Texts(texts::Texts);

static LOCALES: LazyLock<Locales> = LazyLock::new(|| Locales::read(sources));

/// Puts an operator's sentences in the place of ours.
pub(crate) fn replace(own: &OwnTexts) -> Result<(), TextMistake> {
    LOCALES.replace(own, sources)
}

/// What is wrong with an operator's sentences.
pub(crate) fn mistakes(own: &OwnTexts) -> Vec<TextMistake> {
    own.mistakes(sources)
}

/// The language with that tag in an event; German, the official language, if we do not write it.
pub(crate) fn language_of(tag: &str) -> Language {
    tag.parse().unwrap_or(Language::German)
}

impl Texts {
    pub(crate) fn of(language: Language) -> Self {
        Self(LOCALES.texts(language))
    }

    /// The text called `id`.
    pub(crate) fn text(self, id: &str) -> String {
        self.0.text(id).into_owned()
    }

    /// The text called `id` with values put in.
    pub(crate) fn fill(self, id: &str, values: &[(&str, &str)]) -> String {
        self.0.fill_all(id, values).into_owned()
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_everything() {
        assert_eq!(texts::differences(sources), [""; 0]);
    }
}
