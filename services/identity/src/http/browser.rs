//! The cookie that binds a log-in to its browser.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite},
};

use crate::{app::Context, secrets::Opaque};

/// With TLS the `__Host-` prefix keeps other hosts and paths from setting it.
fn name(context: &Context) -> &'static str {
    if is_secure(context) { "__Host-fairtermin-login" } else { "fairtermin-login" }
}

fn is_secure(context: &Context) -> bool {
    context.base.scheme() == "https"
}

/// The secret that this browser carries.
pub(super) fn known(context: &Context, request: &HttpRequest) -> Option<Opaque> {
    request.cookie(name(context)).map(|cookie| Opaque::received(cookie.value()))
}

/// A secret for a browser that has none.
pub(super) fn fresh(context: &Context) -> Opaque {
    Opaque::mint(&*context.entropy)
}

/// The cookie that carries `secret` for this browser session.
pub(super) fn cookie(context: &Context, secret: &Opaque) -> Cookie<'static> {
    Cookie::build(name(context), secret.as_str().to_owned())
        .path("/")
        .http_only(true)
        .secure(is_secure(context))
        // The provider sends the browser back by a link, which Lax lets through.
        .same_site(SameSite::Lax)
        .finish()
}
