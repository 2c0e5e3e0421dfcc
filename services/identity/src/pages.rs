//! The pages and their words.

use std::borrow::Cow;

use actix_web::{HttpRequest, http::header::ACCEPT_LANGUAGE};
use askama::Template;
use url::Url;

use crate::{
    app::Failure,
    provider::{LoginError, Provider},
};

/// The language of our pages for this browser: `ui_locales` first, then what it accepts.
pub(crate) fn language_of(ui_locales: Option<&str>, request: &HttpRequest) -> &'static str {
    let header = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let accepted = header.unwrap_or_default().split(',');
    let wanted = ui_locales.unwrap_or_default().split_whitespace().chain(accepted);
    wanted.map(str::trim).find_map(known_language).unwrap_or("de")
}

fn known_language(tag: &str) -> Option<&'static str> {
    match tag.get(..2)?.to_ascii_lowercase().as_str() {
        "de" => Some("de"),
        "en" => Some("en"),
        _ => None,
    }
}

/// Where to log in, and what that allows.
#[derive(Template)]
#[template(path = "choice.html")]
pub(crate) struct ChoicePage<'a> {
    language: &'a str,
    title: Cow<'static, str>,
    intro: Cow<'static, str>,
    cancel: &'static str,
    choices: Vec<Choice<'a>>,
    back: String,
}

struct Choice<'a> {
    name: &'a str,
    hint: &'a str,
    href: String,
}

impl<'a> ChoicePage<'a> {
    /// For a program that a person uses themselves.
    pub(crate) fn to_log_in(language: &'a str) -> Self {
        let (title, intro) = match language {
            "en" => (
                "How do you want to log in?",
                "An appointment belongs to one person. That is why we need to know who you are. \
                 It does not matter which way you choose: you are the same person to us.",
            ),
            _ => (
                "Wie möchten Sie sich anmelden?",
                "Ein Termin gehört zu einer Person. Darum müssen wir wissen, wer Sie sind. \
                 Welchen Weg Sie wählen, ist gleich: Für uns sind Sie dieselbe Person.",
            ),
        };
        Self::new(language, title.into(), intro.into())
    }

    /// For a program that asks to act for a person, for `minutes`.
    pub(crate) fn to_allow(program: &str, minutes: u16, language: &'a str) -> Self {
        let (title, intro) = match language {
            "en" => (
                format!("{program} wants to book for you"),
                format!(
                    "When you log in here, you allow {program} to do this for {minutes} minutes: \
                     see your appointments, book, move and cancel them for you. It learns your name \
                     and your date of birth. If you do not want this, choose “Cancel”."
                ),
            ),
            _ => (
                format!("{program} möchte für Sie buchen"),
                format!(
                    "Wenn Sie sich hier anmelden, erlauben Sie {program} für {minutes} Minuten: \
                     Ihre Termine sehen, für Sie buchen, verschieben und absagen. {program} erfährt \
                     Ihren Namen und Ihr Geburtsdatum. Wenn Sie das nicht möchten, wählen Sie \
                     „Abbrechen“."
                ),
            ),
        };
        Self::new(language, title.into(), intro.into())
    }

    fn new(language: &'a str, title: Cow<'static, str>, intro: Cow<'static, str>) -> Self {
        let cancel = if language == "en" { "Cancel" } else { "Abbrechen" };
        Self { language, title, intro, cancel, choices: Vec::new(), back: String::new() }
    }

    /// The ways to log in, and the way back.
    pub(crate) fn with(mut self, providers: &[&'a Provider], attempt: &str, back: &Url) -> Self {
        let choice = |provider: &&'a Provider| Choice {
            name: provider.name(self.language),
            hint: provider.hint(self.language),
            href: format!("/login?attempt={attempt}&provider={}", provider.id()),
        };
        self.choices = providers.iter().map(choice).collect();
        self.back = back.to_string();
        self
    }
}

/// Nobody is logged in, and what to do about it.
#[derive(Template)]
#[template(path = "failure.html")]
pub(crate) struct FailurePage {
    language: String,
    title: &'static str,
    what: &'static str,
    todo: &'static str,
    back_label: &'static str,
    back: Option<String>,
    /// What to say at the desk.
    case: Option<(&'static str, String)>,
}

impl FailurePage {
    pub(crate) fn of(failure: &Failure, language: &str, back: Option<Url>) -> Self {
        let (german, english) = words(failure);
        let (what, todo) = if language == "en" { english } else { german };
        let mut page = Self::new(language, what, todo, back);
        if let Failure::NeedsDocument(code) = failure {
            let label = if language == "en" { "Your case number" } else { "Ihre Vorgangsnummer" };
            page.case = Some((label, code.to_string()));
        }
        page
    }

    /// The address that led here was not made by a program we know.
    pub(crate) fn wrong_link(language: &str) -> Self {
        let (what, todo) = match language {
            "en" => (
                "This link is not valid.",
                "Please start again on the page where you book appointments.",
            ),
            _ => (
                "Dieser Link ist nicht gültig.",
                "Bitte beginnen Sie neu auf der Seite, auf der Sie Termine buchen.",
            ),
        };
        Self::new(language, what, todo, None)
    }

    fn new(language: &str, what: &'static str, todo: &'static str, back: Option<Url>) -> Self {
        let (title, back_label) = match language {
            "en" => ("You are not logged in", "Back"),
            _ => ("Sie sind nicht angemeldet", "Zurück"),
        };
        let back = back.map(String::from);
        Self { language: language.to_owned(), title, what, todo, back_label, back, case: None }
    }
}

type Words = (&'static str, &'static str);

/// What happened and what to do, in German and in English.
fn words(failure: &Failure) -> (Words, Words) {
    match failure {
        Failure::NoSuchAttempt => (
            (
                "Diese Anmeldung ist abgelaufen oder wurde in einem anderen Browser begonnen.",
                "Bitte beginnen Sie die Anmeldung noch einmal.",
            ),
            (
                "This log-in has expired or was started in another browser.",
                "Please start the log-in again.",
            ),
        ),
        Failure::Refused => (
            (
                "Die Anmeldung wurde abgebrochen.",
                "Sie können es noch einmal versuchen oder einen anderen Weg wählen.",
            ),
            ("The log-in was cancelled.", "You can try again or choose another way."),
        ),
        Failure::Provider(LoginError::LevelTooLow) => (
            (
                "Für diesen Schritt müssen Sie sich sicherer ausweisen.",
                "Bitte melden Sie sich mit dem Online-Ausweis oder mit ELSTER an. Wenn Sie beides nicht haben, hilft Ihnen das Amt am Schalter oder unter der Telefonnummer 115.",
            ),
            (
                "This step needs a stronger proof of who you are.",
                "Please log in with your online ID card or with ELSTER. If you have neither, the office helps you at the desk or by phone at 115.",
            ),
        ),
        Failure::NeedsProof => (
            (
                "Unter diesem Namen hat sich schon jemand ausgewiesen.",
                "Bitte melden Sie sich mit dem Online-Ausweis an. Dann wissen wir, dass Sie es sind.",
            ),
            (
                "Somebody has already proved to have this name.",
                "Please log in with your online ID card. Then we know that it is you.",
            ),
        ),
        Failure::NeedsDocument(_) => (
            (
                "Wir können nicht sicher sagen, ob wir Sie schon kennen.",
                "Bitte kommen Sie mit Ihrem Ausweis zum Schalter oder rufen Sie 115 an. Dort klären wir das in wenigen Minuten.",
            ),
            (
                "We cannot tell for sure whether we know you already.",
                "Please bring your identity document to the desk or call 115. They will sort it out in a few minutes.",
            ),
        ),
        Failure::Provider(LoginError::Incomplete | LoginError::UnknownLevel) => (
            (
                "Die Anmeldung hat nicht alle Angaben geliefert, die wir brauchen.",
                "Bitte wählen Sie einen anderen Weg, zum Beispiel den Online-Ausweis. Oder rufen Sie 115 an.",
            ),
            (
                "The log-in did not give us everything we need.",
                "Please choose another way, for example your online ID card. Or call 115.",
            ),
        ),
        Failure::NoRole => (
            (
                "Ihr Konto hat hier keine Aufgabe.",
                "Bitte wenden Sie sich an die Stelle, die bei Ihnen Rechte vergibt.",
            ),
            ("Your account has no role here.", "Please ask whoever grants roles at your office."),
        ),
        Failure::Provider(LoginError::TooOld) => (
            ("Ihre Anmeldung liegt zu lange zurück.", "Bitte melden Sie sich noch einmal an."),
            ("You logged in too long ago.", "Please log in again."),
        ),
        Failure::Provider(LoginError::ProviderAway | LoginError::Unreadable) => (
            (
                "Der Anmeldedienst antwortet im Moment nicht richtig.",
                "Bitte versuchen Sie es in ein paar Minuten wieder oder wählen Sie einen anderen Weg.",
            ),
            (
                "The log-in service does not answer properly at the moment.",
                "Please try again in a few minutes or choose another way.",
            ),
        ),
        Failure::Provider(
            LoginError::CodeRefused | LoginError::MixUp | LoginError::BadToken(_),
        ) => (
            (
                "Die Antwort des Anmeldedienstes war nicht in Ordnung. Zu Ihrer Sicherheit haben wir sie nicht angenommen.",
                "Bitte beginnen Sie die Anmeldung noch einmal. Wenn es wieder geschieht, rufen Sie 115 an.",
            ),
            (
                "The log-in service's answer was not in order. For your safety we did not accept it.",
                "Please start the log-in again. If it happens again, call 115.",
            ),
        ),
        Failure::Store(_) | Failure::Seal(_) => (
            (
                "Bei uns ist etwas schiefgegangen.",
                "Bitte versuchen Sie es in ein paar Minuten wieder.",
            ),
            ("Something went wrong on our side.", "Please try again in a few minutes."),
        ),
    }
}

/// After logging out.
#[derive(Template)]
#[template(path = "goodbye.html")]
pub(crate) struct GoodbyePage {
    language: &'static str,
    title: &'static str,
    text: &'static str,
}

impl GoodbyePage {
    pub(crate) fn new(language: &'static str) -> Self {
        let (title, text) = match language {
            "en" => ("You are logged out", "You can close this window."),
            _ => ("Sie sind abgemeldet", "Sie können dieses Fenster schließen."),
        };
        Self { language, title, text }
    }
}
