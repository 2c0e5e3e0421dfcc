//! The browser comes back from the identity service.

use actix_web::HttpResponse;
use client::{ClientError, CodeExchange};

use crate::{
    http::{
        form::{Query, field},
        page_error::PageError,
        visitor::{Visitor, go_to},
    },
    identity::LoginError,
    session::Login,
};

pub(crate) async fn receive(
    mut visitor: Visitor,
    Query(fields): Query,
) -> Result<HttpResponse, PageError> {
    let state = field(&fields, "state").ok_or(PageError::LoginExpired)?;
    let now = visitor.now();
    let pending = visitor.session.change(|session| session.take_pending(state, now));
    let pending = pending.ok_or(PageError::LoginExpired)?;
    // This address has no language; the page to return to has.
    if let Some(language) = pending.back.split('/').nth(1).and_then(|tag| tag.parse().ok()) {
        visitor.texts = crate::text::Texts::of(language);
        visitor.links = crate::http::link::Links(language);
    }
    let portal = &visitor.portal;
    let known = portal.identity.discovered().await;
    let known = known.map_err(PageError::identity_down)?;
    // RFC 9207: the answer must come from the service that was asked.
    if field(&fields, "iss").is_some_and(|issuer| issuer != known.endpoints.issuer) {
        return Err(PageError::LoginExpired);
    }
    let Some(code) = field(&fields, "code") else {
        // The person pressed "cancel" there, or the service could not go on.
        tracing::info!(error = field(&fields, "error"), "log-in failed at the identity service");
        return Err(PageError::LoginCancelled);
    };
    let redirect_uri = portal.callback_url();
    let exchange = CodeExchange { code, verifier: &pending.verifier, redirect_uri: &redirect_uri };
    let (tokens, level) = match portal.identity.finish(exchange, &pending.nonce).await {
        Ok(done) => done,
        Err(LoginError::Client(ClientError::OAuth { .. }) | LoginError::IdToken(_)) => {
            return Err(PageError::LoginExpired);
        }
        Err(LoginError::Client(error)) => return Err(PageError::identity_down(error)),
    };
    let login = Login {
        refresh_token: tokens.refresh_token.ok_or(PageError::LoginExpired)?,
        id_token: tokens.id_token.unwrap_or_default(),
        level,
        is_staff: pending.is_staff,
        csrf: portal.unguessable(),
    };
    visitor.session.change(|session| session.login = Some(login));
    Ok(go_to(pending.back))
}
