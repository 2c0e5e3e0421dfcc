//! The pages. Their words are in `locales/`.

use std::borrow::Cow;

use askama::Template;
use texts::{Language, Texts};
use url::Url;
use vocabulary::TrustLevel;

use crate::{
    Mode,
    app::LoginFailure,
    provider::{LocalizedText, LoginError, Provider},
    text::{offered, texts},
};

/// What stands around every page.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) texts: Texts,
    /// Whether the demo banner is shown: its persons are invented.
    pub(crate) is_demonstration: bool,
    /// The page says that something did not work.
    pub(crate) is_error: bool,
    /// Where people book.
    pub(crate) portal: Option<Url>,
    /// This page in each language, if it can be opened again.
    translations: Vec<(Language, String)>,
}

impl Frame {
    pub(crate) fn new(language: Language, mode: Mode) -> Self {
        Self {
            texts: texts(language),
            is_demonstration: mode == Mode::Demo,
            is_error: false,
            portal: None,
            translations: Vec::new(),
        }
    }

    /// With the way to where people book.
    pub(crate) fn of_portal(self, portal: Option<Url>) -> Self {
        Self { portal, ..self }
    }

    /// With the page at `path` in each language. Its `query` says which one by `ui_locales`.
    pub(crate) fn translated(self, path: &str, query: &str) -> Self {
        let kept = || {
            let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
            pairs.filter(|(name, _)| name != "ui_locales")
        };
        let link = |language: Language| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(kept()).append_pair("ui_locales", language.html_tag());
            (language, format!("{path}?{}", query.finish()))
        };
        Self { translations: offered().iter().copied().map(link).collect(), ..self }
    }

    /// Where people book, in the language of this page: the way on where there is no way back.
    pub(crate) fn start(&self) -> Option<String> {
        let mut start = self.portal.clone()?;
        start.path_segments_mut().ok()?.pop_if_empty().push(self.texts.language().tag());
        Some(start.into())
    }

    fn of_error(self) -> Self {
        Self { is_error: true, ..self }
    }

    pub(crate) fn translations(&self) -> Vec<(Language, String)> {
        self.translations.clone()
    }

    fn t(&self, id: &str) -> Cow<'static, str> {
        self.texts.text(id)
    }
}

/// Where to log in, and what that allows.
#[derive(Template)]
#[template(path = "choice.html")]
pub(crate) struct ChoicePage<'a> {
    frame: Frame,
    title: Cow<'static, str>,
    intro: Cow<'static, str>,
    choices: Vec<Choice<'a>>,
    back: String,
}

struct Choice<'a> {
    name: LocalizedText<'a>,
    hint: Option<LocalizedText<'a>>,
    /// Which of its ways will do, instead of the operator's hint at all of them.
    ways: Option<Cow<'static, str>>,
    href: String,
}

impl<'a> ChoicePage<'a> {
    /// For a program that a person uses themselves, which asks for at least `level`.
    pub(crate) fn to_log_in(level: TrustLevel, frame: Frame) -> Self {
        let intro = match level {
            TrustLevel::Basic => "choice-intro",
            TrustLevel::Substantial => "choice-intro-substantial",
            TrustLevel::High => "choice-intro-high",
        };
        let (title, intro) = (frame.t("choice-title"), frame.t(intro));
        Self::new(frame, title, intro)
    }

    /// For a program that asks to act for a person, for `minutes`.
    pub(crate) fn to_allow(program: &str, minutes: u16, frame: Frame) -> Self {
        let texts = frame.texts;
        let title = texts.fill("allow-title", "program", program);
        let values = [("program", program.into()), ("minutes", minutes.into())];
        Self::new(frame, title, texts.fill_values("allow-intro", &values))
    }

    fn new(frame: Frame, title: Cow<'static, str>, intro: Cow<'static, str>) -> Self {
        Self { frame, title, intro, choices: Vec::new(), back: String::new() }
    }

    /// The ways to log in that reach `level`, and the way back.
    pub(crate) fn with(
        mut self,
        providers: &[&'a Provider],
        level: TrustLevel,
        attempt: &str,
        back: &Url,
    ) -> Self {
        let texts = self.frame.texts;
        let language = texts.language();
        let choice = |provider: &&'a Provider| {
            let ways = provider.has_ways_below(level).then(|| ways_of(level)).flatten();
            Choice {
                name: provider.name(language),
                hint: provider.hint(language).filter(|_| ways.is_none()),
                ways: ways.map(|ways| texts.text(ways)),
                href: format!("/login?attempt={attempt}&provider={}", provider.id()),
            }
        };
        self.choices = providers.iter().map(choice).collect();
        self.back = back.to_string();
        self
    }
}

/// The text that says which ways to log in reach `level`, if not all do.
fn ways_of(level: TrustLevel) -> Option<&'static str> {
    match level {
        TrustLevel::Basic => None,
        TrustLevel::Substantial => Some("ways-substantial"),
        TrustLevel::High => Some("ways-high"),
    }
}

/// A failed log-in, and what to do about it.
#[derive(Template)]
#[template(path = "failure.html")]
pub(crate) struct ErrorPage {
    frame: Frame,
    title: Cow<'static, str>,
    what: Cow<'static, str>,
    todo: Cow<'static, str>,
    /// What to do if it comes again.
    hint: Option<Cow<'static, str>>,
    back: Option<String>,
}

impl ErrorPage {
    /// Of a log-in that was to reach `level`, if that is known.
    pub(crate) fn of(
        failure: &LoginFailure,
        level: Option<TrustLevel>,
        frame: Frame,
        back: Option<Url>,
    ) -> Self {
        Self::new(frame, explanation(failure, level), back)
    }

    /// The address that led here was not made by a program we know.
    pub(crate) fn wrong_link(frame: Frame) -> Self {
        Self::new(frame, "wrong-link", None)
    }

    /// We have no page at this address.
    pub(crate) fn no_page(frame: Frame) -> Self {
        let (title, what, todo) =
            (frame.t("no-page"), frame.t("no-page.what"), frame.t("no-page.do"));
        Self { frame: frame.of_error(), title, what, todo, hint: None, back: None }
    }

    /// The browser did not send the cookie that was set when the log-in began.
    pub(crate) fn no_cookies(frame: Frame) -> Self {
        Self::new(frame, "no-cookies", None)
    }

    fn new(frame: Frame, id: &str, back: Option<Url>) -> Self {
        let (title, what) = (frame.t("failure-title"), frame.t(id));
        let todo = frame.t(&format!("{id}.do"));
        // A browser that keeps no cookie looks like another one.
        let hint = matches!(id, "expired" | "wrong-link").then(|| frame.t("cookies-again"));
        Self { frame: frame.of_error(), title, what, todo, hint, back: back.map(String::from) }
    }
}

/// The text that says what happened; its attribute `do` says what to do.
fn explanation(failure: &LoginFailure, level: Option<TrustLevel>) -> &'static str {
    match failure {
        LoginFailure::NoSuchAttempt | LoginFailure::AlreadyAnswered => "expired",
        LoginFailure::Refused => "cancelled",
        LoginFailure::NoRole => "no-role",
        LoginFailure::Provider(LoginError::LevelTooLow) if level == Some(TrustLevel::High) => {
            "online-id-needed"
        }
        LoginFailure::Provider(LoginError::LevelTooLow) => "level-too-low",
        LoginFailure::Provider(LoginError::Incomplete | LoginError::UnknownLevel) => "incomplete",
        LoginFailure::Provider(LoginError::TooOld) => "too-old",
        LoginFailure::Provider(LoginError::ProviderAway | LoginError::Unreadable) => {
            "provider-away"
        }
        LoginFailure::Provider(
            LoginError::CodeRefused
            | LoginError::MixUp
            | LoginError::BadToken(_)
            | LoginError::Unacceptable(_),
        ) => "answer-refused",
        LoginFailure::Store(_) | LoginFailure::Seal(_) => "our-fault",
    }
}

/// After logging out, or where nobody was logged in.
#[derive(Template)]
#[template(path = "goodbye.html")]
pub(crate) struct GoodbyePage {
    frame: Frame,
    title: Cow<'static, str>,
    text: Cow<'static, str>,
    /// To the portal, where people log out.
    back: Option<String>,
}

impl GoodbyePage {
    pub(crate) fn new(frame: Frame) -> Self {
        let (title, text) = (frame.t("goodbye-title"), frame.t("goodbye-text"));
        Self { frame, title, text, back: None }
    }

    /// No session was named that could end.
    pub(crate) fn nobody(frame: Frame, back: Option<String>) -> Self {
        let (title, text) = (frame.t("goodbye-nobody"), frame.t("goodbye-nobody-text"));
        Self { frame, title, text, back }
    }
}

#[cfg(test)]
mod tests;
