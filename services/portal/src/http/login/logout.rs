//! Ends the session here and at the identity service.

use actix_web::HttpResponse;
use askama::Template;
use client::Leaving;

use crate::{
    http::{
        asked::{Asked, What},
        frame::Frame,
        page_error::PageError,
        request::{Anybody, Anywhere, Leaver, Request},
        visitor::{Visitor, go_to},
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

/// The button of a page, which may be older than the log-in.
pub(crate) struct Form {
    secret: String,
}

impl What for Form {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self { secret: asked.field("csrf").unwrap_or_default().to_owned() })
    }
}

/// Whether a page of ours that this person opened, in this log-in or an earlier one, has the form.
fn is_own(visitor: &Visitor, session: &Session, secret: &str) -> bool {
    let owner = visitor.portal.cookie.owner_of(secret);
    session.owns_form(secret) || (owner.is_some() && owner == session.owner)
}

pub(crate) async fn leave(
    request: Request<Leaver, Anywhere, Form>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, asked: Form { secret }, .. } = request;
    let known = visitor.session.read();
    // Whose log-in has ended is logged out: there is nothing that another site could end.
    if known.login.is_some() && !is_own(&visitor, &known, &secret) {
        return Err(PageError::FormExpired);
    }
    Ok(end(&visitor).await)
}

async fn end(visitor: &Visitor) -> HttpResponse {
    let session = visitor.session.change(std::mem::take::<Session>);
    let goodbye = visitor.links.goodbye();
    let Some(login) = session.login else { return go_to(goodbye) };
    let portal = &visitor.portal;
    let leaving = match portal.tokens.revoke(&login.refresh_token).await {
        Ok(()) => Leaving::Ended(&login.id_token),
        Err(error) => {
            // The cookie is gone, so the log-in cannot be used from here.
            tracing::warn!(%error, "cannot revoke the refresh token at log-out; it stays valid until it expires, unless the browser ends it there");
            Leaving::Open(&login.id_token)
        }
    };
    let (back, language) = (portal.public_url.clone(), visitor.language());
    let state = format!("{GOODBYE}{language}");
    let address = portal.identity.logout_request(leaving, back, state, language).await;
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
