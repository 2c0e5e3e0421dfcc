//! Ends the session here and at the identity service.

use actix_web::HttpResponse;
use askama::Template;

use crate::{
    http::{
        frame::Frame,
        request::{Anybody, Anywhere, Person, Request},
        visitor::go_to,
    },
    session::Session,
    text::Language,
};

/// The identity service only returns to the start page; this state leads on to the goodbye.
const GOODBYE: &str = "goodbye-";

/// The language of the goodbye page, if the browser comes back from a log-out.
pub(crate) fn is_back(state: Option<&str>) -> Option<Language> {
    state?.strip_prefix(GOODBYE)?.parse().ok()
}

pub(crate) async fn leave(request: Request<Person, Anywhere, ()>) -> HttpResponse {
    let visitor = request.visitor;
    let session = visitor.session.change(std::mem::take::<Session>);
    let goodbye = visitor.links.goodbye();
    let Some(login) = session.login else { return go_to(goodbye) };
    let portal = &visitor.portal;
    if let Err(error) = portal.tokens.revoke(&login.refresh_token).await {
        // The cookie is gone, so the log-in cannot be used from here.
        tracing::warn!(%error, "cannot revoke the refresh token at log-out; it stays valid until it expires");
    }
    let (back, language) = (portal.public_url.clone(), visitor.language());
    let state = format!("{GOODBYE}{language}");
    let address = portal.identity.logout_request(&login.id_token, back, state, language).await;
    match address {
        Ok(Some(address)) => go_to(address),
        Ok(None) | Err(_) => go_to(goodbye),
    }
}

#[derive(Template)]
#[template(path = "goodbye.html")]
struct GoodbyePage {
    frame: Frame,
}

pub(crate) async fn goodbye(request: Request<Anybody, Anywhere, ()>) -> HttpResponse {
    let visitor = request.visitor;
    // A person who has logged in again since must not read that they are logged out.
    if visitor.session.read().login.is_some() {
        return go_to(visitor.links.start());
    }
    visitor.page(&GoodbyePage { frame: visitor.frame(visitor.texts.text("goodbye-title")) })
}
