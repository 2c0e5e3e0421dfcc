//! Sends the browser to the identity service (authorization code with PKCE).

use actix_web::HttpResponse;
use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

use super::explain::level;
use crate::{
    http::{
        form::{Query, field},
        link::own_path,
        page_error::PageError,
        visitor::{Visitor, go_to},
    },
    session::PendingLogin,
};

pub(crate) async fn begin(
    visitor: Visitor,
    Query(fields): Query,
) -> Result<HttpResponse, PageError> {
    let portal = &visitor.portal;
    let known = portal.identity.discovered().await;
    let known = known.map_err(PageError::identity_down)?;
    let pending = PendingLogin {
        state: portal.unguessable(),
        nonce: portal.unguessable(),
        // RFC 7636 wants at least 43 characters.
        verifier: portal.unguessable() + &portal.unguessable(),
        back: own_path(field(&fields, "back").unwrap_or_default(), visitor.links),
        begun: visitor.now(),
        is_staff: field(&fields, "staff").is_some(),
    };
    let challenge = BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, pending.verifier.as_bytes()));
    let scope = if pending.is_staff {
        "openid offline_access desk"
    } else {
        "openid offline_access bookings"
    };
    let mut address = known.endpoints.authorization_endpoint.clone();
    address
        .query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", portal.identity.client_id())
        .append_pair("redirect_uri", portal.callback_url().as_str())
        .append_pair("scope", scope)
        .append_pair("state", &pending.state)
        .append_pair("nonce", &pending.nonce)
        .append_pair("code_challenge", &challenge)
        .append_pair("code_challenge_method", "S256")
        .append_pair("ui_locales", visitor.language().html_tag());
    if let Some(level) = level(&fields) {
        address.query_pairs_mut().append_pair("acr_values", level.as_str());
    }
    visitor.session.change(|session| session.begin_login(pending));
    Ok(go_to(address))
}
