//! Why to log in, and what for, before the identity service is opened; and what became of a log-in that
//! did not succeed, with the same choice.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;

use super::{
    levels::{LevelPart, levels},
    way::Way,
};
use crate::{
    http::{
        after_login::after_login,
        frame::Frame,
        in_language::translated,
        link::Ended,
        request::{Anybody, Anywhere, Request},
        visit::level_key,
        visitor::go_to,
    },
    session::Login,
};

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    frame: Frame,
    start: String,
    /// What became of the last log-in, and what to do.
    ended: Option<(Cow<'static, str>, Cow<'static, str>)>,
    /// The sentence that says what proves the level that is needed.
    level_key: Option<&'static str>,
    /// Where no service is chosen yet: which way is enough for which.
    levels: Vec<LevelPart>,
    /// The choice that the person comes from.
    choice: Option<String>,
    is_staff: bool,
}

pub(crate) async fn show(request: Request<Anybody, Anywhere, Way>) -> HttpResponse {
    let Request { visitor, asked: way, .. } = request;
    // If the language is changed here, the person comes back to a page in the new one.
    let back = translated(&after_login(&way.back, visitor.links), visitor.language());
    let login = visitor.session.read().login;
    if login.as_ref().is_some_and(|login| is_enough(login, &way)) {
        return go_to(back);
    }
    let (links, texts) = (visitor.links, visitor.texts);
    let start = match (way.is_staff, way.level) {
        (true, _) => links.staff_login(&back),
        (false, Some(level)) if way.holds => links.login_and_hold(&back, level),
        (false, level) => links.login_start(&back, level),
    };
    let text = |problem: &str, part: &str| texts.text(&format!("{problem}{part}"));
    let ended = way.ended.map(problem);
    let what = |problem| match login {
        Some(_) => texts.text("login-still"),
        None => text(problem, ".what"),
    };
    let frame = match ended {
        Some(problem) => visitor.frame(text(problem, "")).of_error(),
        None => visitor.frame(texts.text("login-title")),
    };
    visitor.page(&LoginPage {
        frame,
        start,
        ended: ended.map(|problem| (what(problem), text(problem, ".do"))),
        level_key: way.level.map(level_key),
        levels: match (way.level, way.is_staff) {
            (None, false) => levels(&visitor).await,
            (Some(_), _) | (None, true) => Vec::new(),
        },
        choice: way.holds.then_some(back),
        is_staff: way.is_staff,
    })
}

/// Whether a log-in is what this page would lead to: then nothing is left to do here, whatever became of
/// another one.
fn is_enough(login: &Login, way: &Way) -> bool {
    Some(login.level) >= way.level && (login.is_staff || !way.is_staff)
}

/// The texts that explain why there is no log-in.
const fn problem(ended: Ended) -> &'static str {
    match ended {
        Ended::Cancelled => "problem-login-cancelled",
        Ended::Expired => "problem-login-expired",
    }
}
