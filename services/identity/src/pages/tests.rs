//! Every page in every language: nothing is missing, and the page says which language it is in.

use std::collections::BTreeMap;

use super::*;
use crate::app::LoginFailure;

/// A page with all texts present.
fn rendered(page: &impl Template, language: Language) -> String {
    let html = page.render().unwrap();
    let tags = format!("lang=\"{}\" dir=\"{}\"", language.html_tag(), language.direction());
    assert!(html.contains(&tags), "{language}: {html}");
    assert!(!html.contains(['[', ']', '{', '}']), "{language} lacks a text or a value: {html}");
    html
}

fn frame(language: Language) -> Frame {
    Frame::new(language, Mode::Production)
}

fn failures() -> Vec<LoginFailure> {
    use LoginError::*;
    let mut failures: Vec<_> = [
        ProviderAway,
        CodeRefused,
        MixUp,
        BadToken("nonce"),
        Unreadable,
        Incomplete,
        Unacceptable(crate::person::Unacceptable::NotBornYet),
        UnknownLevel,
        LevelTooLow,
        TooOld,
    ]
    .map(LoginFailure::Provider)
    .into();
    failures.extend([LoginFailure::NoSuchAttempt, LoginFailure::Refused, LoginFailure::NoRole]);
    failures
}

#[test]
fn every_failure_is_explained_in_every_language() {
    for language in Language::SHIPPED {
        let mut said = BTreeMap::new();
        for failure in failures() {
            for level in [None, Some(TrustLevel::High)] {
                let page = ErrorPage::of(&failure, level, frame(*language), None);
                rendered(&page, *language);
                said.insert(explanation(&failure, level), page.what);
            }
        }
        let different: std::collections::BTreeSet<_> = said.values().collect();
        assert_eq!(different.len(), said.len(), "{language} explains two failures alike");
        rendered(&ErrorPage::wrong_link(frame(*language)), *language);
        rendered(&ErrorPage::no_page(frame(*language)), *language);
        rendered(&ErrorPage::no_cookies(frame(*language)), *language);
        rendered(&GoodbyePage::new(frame(*language)), *language);
        let back = Some("https://termin.example/".to_owned());
        rendered(&GoodbyePage::nobody(frame(*language), back), *language);
    }
}

#[test]
fn every_language_says_who_is_allowed_what_for_how_long() {
    for language in Language::SHIPPED {
        let page = ChoicePage::to_allow("Ausländerakte", 45, frame(*language));
        assert!(page.title.contains("Ausländerakte"), "{}", page.title);
        assert!(page.intro.contains("Ausländerakte") && page.intro.contains("45"));
        let cancel = page.frame.texts.text("cancel");
        assert!(page.intro.contains(&*cancel), "{language}: how to decline");
        rendered(&page, *language);
        let intros = [TrustLevel::Basic, TrustLevel::Substantial, TrustLevel::High].map(|level| {
            let page = ChoicePage::to_log_in(level, frame(*language));
            rendered(&page, *language);
            page.intro
        });
        let different: std::collections::BTreeSet<_> = intros.iter().collect();
        assert_eq!(different.len(), 3, "{language}: what suffices for each level");
    }
}

#[test]
fn a_demonstration_does_not_call_itself_official() {
    for language in Language::SHIPPED {
        let page = |mode| rendered(&GoodbyePage::new(Frame::new(*language, mode)), *language);
        let texts = texts(*language);
        let (official, demonstration) =
            (texts.text("banner-official"), texts.text("banner-demonstration"));
        let (real, demo) = (page(Mode::Production), page(Mode::Demo));
        assert!(real.contains(&*official) && !real.contains(&*demonstration), "{real}");
        assert!(!demo.contains(&*official) && !demo.contains("flag-de"), "{demo}");
    }
}

#[test]
fn an_error_says_so_in_the_title_and_every_page_has_the_site_s_name() {
    for language in Language::SHIPPED {
        let site = texts(*language).text("site-name");
        let error = rendered(&ErrorPage::wrong_link(frame(*language)), *language);
        let prefix = texts(*language).text("error-prefix");
        assert!(error.contains(&format!("<title>{prefix} ")) && error.contains(&*site), "{error}");
        let good = rendered(&ChoicePage::to_log_in(TrustLevel::Basic, frame(*language)), *language);
        assert!(!good.contains(&format!("<title>{prefix} ")) && good.contains(&*site), "{good}");
    }
}

#[test]
fn another_language_keeps_the_request() {
    let frame = frame(Language::German)
        .translated("/authorize", "client_id=portal&ui_locales=de&state=a%26b");
    let (_, turkish) = frame.translations.iter().find(|(it, _)| *it == Language::Turkish).unwrap();
    assert_eq!(turkish, "/authorize?client_id=portal&state=a%26b&ui_locales=tr");
}
