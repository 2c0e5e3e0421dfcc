//! What pages say, in each language: `locales/<language>.ftl`.

use std::sync::LazyLock;

use actix_web::{HttpRequest, http::header::ACCEPT_LANGUAGE};
use texts::{FurtherTexts, Language, Locales, OwnTexts, TextMistake, Texts};

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
    sources(Language::English).to_vec()
}

/// What is said in `language`.
pub(crate) fn texts(language: Language) -> Texts {
    LOCALES.texts(language)
}

/// The language of our pages for this browser: `ui_locales` first, then what it accepts.
pub(crate) fn language_of(ui_locales: Option<&str>, request: &HttpRequest) -> Language {
    let accepted = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let wanted = ui_locales.and_then(asked_for);
    wanted.unwrap_or_else(|| Language::negotiate(accepted, offered()))
}

/// The first language of `ui_locales` that pages are in.
pub(crate) fn asked_for(ui_locales: &str) -> Option<Language> {
    Language::preferred(ui_locales, offered())
}

fn sources(language: Language) -> &'static [&'static str] {
    match language {
        Language::German => &[include_str!("../locales/de.ftl")],
        Language::English => &[include_str!("../locales/en.ftl")],
        Language::EasyGerman => &[include_str!("../locales/de-easy.ftl")],
        Language::Turkish => &[include_str!("../locales/tr.ftl")],
        Language::Ukrainian => &[include_str!("../locales/uk.ftl")],
        Language::Arabic => &[include_str!("../locales/ar.ftl")],
        Language::Further(_) => &[],
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn every_language_has_every_text() {
        assert_eq!(texts::differences(sources), [""; 0]);
    }

    /// What to do follows each failure.
    #[test]
    fn every_text_is_used() {
        let quoted = texts::quoted(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let mut unused = texts::keys(sources(Language::German));
        unused.retain(|key| !quoted.contains(key.trim_end_matches(".do")));
        assert!(unused.is_empty(), "no page uses {unused:?}");
    }

    #[test]
    fn every_text_is_plain_one_thing_has_one_name_and_counts_have_their_forms() {
        assert_eq!(texts::hard_to_read(sources), [""; 0]);
        assert_eq!(texts::other_names(sources), [""; 0]);
        assert_eq!(texts::missing_forms(sources), [""; 0]);
    }

    /// Fault: in a line from right to left `Online-Ausweis` was broken at its hyphen and began with `-Online`.
    #[test]
    fn a_german_name_in_arabic_text_is_one_piece_from_left_to_right() {
        let arabic: String = sources(Language::Arabic).concat();
        assert!(!arabic.contains("Online-Ausweis"));
        let name = "\u{2066}(Online\u{2011}Ausweis)\u{2069}";
        assert_eq!(arabic.matches("Ausweis").count(), arabic.matches(name).count());
    }

    #[test]
    fn the_programs_language_comes_before_the_browsers() {
        let request = TestRequest::default()
            .insert_header((ACCEPT_LANGUAGE, "tr, en;q=0.5"))
            .to_http_request();
        assert_eq!(language_of(Some("fr de-simple"), &request), Language::EasyGerman);
        assert_eq!(language_of(Some("fr"), &request), Language::Turkish);
        assert_eq!(language_of(None, &request), Language::Turkish);
    }
}
