//! `POST /par`: a client pushes its request for a log-in (RFC 9126).

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::{authorization_parameters::AuthorizationParameters, client_proof::Credentials, dpop};
use crate::{
    app::{Context, OAuthError, push_request},
    text::language_of,
};

#[derive(Deserialize)]
pub(super) struct Parameters {
    request_uri: Option<String>,
    request: Option<String>,
    #[serde(flatten)]
    client: Credentials,
    #[serde(flatten)]
    sent: AuthorizationParameters,
}

pub(super) async fn par(
    context: web::Data<Context>,
    request: HttpRequest,
    parameters: web::Form<Parameters>,
) -> Result<HttpResponse, OAuthError> {
    let client = parameters.client.authenticate(&context, &request).await?;
    if parameters.request_uri.is_some() || parameters.request.is_some() {
        return Err(OAuthError::InvalidRequest(
            "Push the parameters themselves, without `request` and `request_uri`.",
        ));
    }
    let redirect_uri = parameters.sent.destination(client).ok_or(OAuthError::InvalidRequest(
        "`redirect_uri` must be one that is registered, character by character.",
    ))?;
    let language = language_of(parameters.sent.ui_locales.as_deref(), &request);
    let wanted = parameters.sent.read(client, redirect_uri, language);
    let mut wanted = wanted.map_err(|refused| OAuthError::Request(refused.1))?;
    // A proof names the key as `dpop_jkt` does (RFC 9449 section 10.1).
    if let Some(key) = dpop::proven_key(&context, &request).await? {
        if wanted.dpop_jkt.as_ref().is_some_and(|named| *named != key) {
            return Err(OAuthError::InvalidRequest("`dpop_jkt` is not the key of the proof."));
        }
        wanted.dpop_jkt = Some(key);
    }
    let pushed = push_request(&context, &wanted).await?;
    Ok(HttpResponse::Created()
        .json(json!({ "request_uri": pushed.request_uri, "expires_in": pushed.expires_in })))
}
