//! The cookie that binds a log-in to its browser.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite},
};

use texts::Language;

use crate::{app::Context, secrets::Opaque, text::asked_for};

/// With TLS the `__Host-` prefix keeps other hosts and paths from setting it.
fn name(context: &Context) -> &'static str {
    if is_secure(context) { "__Host-fairtermin-login" } else { "fairtermin-login" }
}

fn is_secure(context: &Context) -> bool {
    context.base.scheme() == "https"
}

/// Between the secret and the language. Neither has one.
const APART: char = '.';

/// The secret that this browser carries.
pub(super) fn known(context: &Context, request: &HttpRequest) -> Option<Opaque> {
    let cookie = request.cookie(name(context))?;
    Some(Opaque::received(cookie.value().split(APART).next()?))
}

/// The language in which this browser began a log-in: an address that a provider leads back to names none.
pub(super) fn language(context: &Context, request: &HttpRequest) -> Option<Language> {
    let cookie = request.cookie(name(context))?;
    let (_, language) = cookie.value().split_once(APART)?;
    asked_for(language)
}

/// A secret for a browser that has none.
pub(super) fn fresh(context: &Context) -> Opaque {
    Opaque::mint(&*context.entropy)
}

/// The cookie that carries `secret` for this browser session, and the language of its pages.
pub(super) fn cookie(context: &Context, secret: &Opaque, language: Language) -> Cookie<'static> {
    let value = format!("{}{APART}{}", secret.as_str(), language.html_tag());
    Cookie::build(name(context), value)
        .path("/")
        .http_only(true)
        .secure(is_secure(context))
        // The provider sends the browser back by a link, which Lax lets through.
        .same_site(SameSite::Lax)
        .finish()
}
