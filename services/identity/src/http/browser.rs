//! The cookies that bind a log-in to its browser.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite},
};
use texts::Language;

use crate::{app::Context, secrets::Opaque, text::asked_for};

/// Holds the secret alone: while an update runs, a version that knows no language reads it as well.
const SECRET: &str = "login";
/// Holds the language of the pages.
const LANGUAGE: &str = "login-language";

/// With TLS the `__Host-` prefix keeps other hosts and paths from setting it.
fn name(context: &Context, what: &str) -> String {
    let prefix = if is_secure(context) { "__Host-" } else { "" };
    format!("{prefix}fairtermin-{what}")
}

fn is_secure(context: &Context) -> bool {
    context.base.scheme() == "https"
}

/// The secret that this browser carries.
pub(super) fn known(context: &Context, request: &HttpRequest) -> Option<Opaque> {
    request.cookie(&name(context, SECRET)).map(|cookie| Opaque::received(cookie.value()))
}

/// The language in which this browser began a log-in: an address that a provider leads back to names none.
pub(super) fn language(context: &Context, request: &HttpRequest) -> Option<Language> {
    let cookie = request.cookie(&name(context, LANGUAGE))?;
    asked_for(cookie.value())
}

/// A secret for a browser that has none.
pub(super) fn fresh(context: &Context) -> Opaque {
    Opaque::mint(&*context.entropy)
}

/// The cookies of this browser session: `secret`, and the language of its pages.
pub(super) fn cookies(
    context: &Context,
    secret: &Opaque,
    language: Language,
) -> [Cookie<'static>; 2] {
    [(SECRET, secret.as_str()), (LANGUAGE, language.html_tag())].map(|(what, value)| {
        Cookie::build(name(context, what), value.to_owned())
            .path("/")
            .http_only(true)
            .secure(is_secure(context))
            // The provider sends the browser back by a link, which Lax lets through.
            .same_site(SameSite::Lax)
            .finish()
    })
}
