//! Ends the session here and at the identity service.

use actix_web::HttpResponse;
use askama::Template;

use crate::{
    http::{
        form::Posted,
        page_error::PageError,
        visitor::{Frame, Visitor, go_to},
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

pub(crate) async fn leave(visitor: Visitor, _: Posted) -> Result<HttpResponse, PageError> {
    let session = visitor.session.change(std::mem::take::<Session>);
    let goodbye = visitor.links.goodbye();
    let Some(login) = session.login else { return Ok(go_to(goodbye)) };
    let portal = &visitor.portal;
    if let Err(error) = portal.identity.revoke(&login.refresh_token).await {
        // The cookie is gone, so the log-in cannot be used from here.
        tracing::warn!(%error, "cannot revoke the refresh token at log-out; it stays valid until it expires");
    }
    let endpoint = portal.identity.discovered().await.ok();
    let endpoint = endpoint.and_then(|known| known.endpoints.end_session_endpoint.clone());
    let Some(mut address) = endpoint else { return Ok(go_to(goodbye)) };
    address
        .query_pairs_mut()
        .append_pair("id_token_hint", &login.id_token)
        .append_pair("client_id", portal.identity.client_id())
        .append_pair("post_logout_redirect_uri", portal.public_url.as_str())
        .append_pair("state", &format!("{GOODBYE}{}", visitor.language()))
        .append_pair("ui_locales", visitor.language().html_tag());
    Ok(go_to(address))
}

#[derive(Template)]
#[template(path = "goodbye.html")]
struct GoodbyePage {
    frame: Frame,
}

pub(crate) async fn goodbye(visitor: Visitor) -> HttpResponse {
    visitor.page(&GoodbyePage { frame: visitor.frame(visitor.texts.text("goodbye-title")) })
}
