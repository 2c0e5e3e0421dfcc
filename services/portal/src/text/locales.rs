//! The sentences of all languages, read once.

use std::{ops::Deref, sync::LazyLock};

use texts::{FurtherTexts, Language, Locales, OwnTexts, TextMistake};

use super::rules;

/// The texts of one language. Cheap to copy.
#[derive(Debug, Clone, Copy)]
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

/// The languages that pages are in, in the order of the switch.
pub(crate) fn offered() -> &'static [Language] {
    LOCALES.offered()
}

/// The sentences in English, as Fluent sources: what a translation begins with.
#[must_use]
pub fn english() -> Vec<&'static str> {
    sources(Language::English)
}

impl Texts {
    pub(crate) fn of(language: Language) -> Self {
        Self(LOCALES.texts(language))
    }
}

impl Deref for Texts {
    type Target = texts::Texts;

    fn deref(&self) -> &texts::Texts {
        &self.0
    }
}

macro_rules! folder {
    ($tag:literal) => {
        &[
            include_str!(concat!("../../locales/", $tag, "/pages.ftl")),
            include_str!(concat!("../../locales/", $tag, "/finding.ftl")),
            include_str!(concat!("../../locales/", $tag, "/booking.ftl")),
            include_str!(concat!("../../locales/", $tag, "/draws.ftl")),
            include_str!(concat!("../../locales/", $tag, "/waiting.ftl")),
            include_str!(concat!("../../locales/", $tag, "/own.ftl")),
            include_str!(concat!("../../locales/", $tag, "/problems.ftl")),
            include_str!(concat!("../../locales/", $tag, "/statistics.ftl")),
            include_str!(concat!("../../locales/", $tag, "/desk.ftl")),
            include_str!(concat!("../../locales/", $tag, "/dates.ftl")),
        ]
    };
}

pub(super) fn sources(language: Language) -> Vec<&'static str> {
    let files: &[&str] = match language {
        Language::German => folder!("de"),
        Language::English => folder!("en"),
        Language::EasyGerman => folder!("de-easy"),
        Language::Turkish => folder!("tr"),
        Language::Ukrainian => folder!("uk"),
        Language::Arabic => folder!("ar"),
        Language::Further(_) => return Vec::new(),
    };
    files.iter().copied().chain([rules::source(language)]).collect()
}
