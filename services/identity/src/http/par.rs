//! `POST /par`: a client pushes its request for a log-in (RFC 9126).

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{authorization_parameters::AuthorizationParameters, client_proof::Credentials, dpop};
use crate::{
    app::{Context, OAuthError, push_request},
    text::language_of,
};

/// A request for a log-in, with what proves the client.
#[derive(Deserialize, ToSchema)]
#[schema(as = PushedRequest)]
pub(super) struct Parameters {
    /// Refused: push the parameters themselves.
    request_uri: Option<String>,
    /// Refused: push the parameters themselves.
    request: Option<String>,
    #[serde(flatten)]
    client: Credentials,
    #[serde(flatten)]
    sent: AuthorizationParameters,
}

/// What the browser brings to the authorization endpoint.
#[derive(Serialize, ToSchema)]
struct Pushed {
    /// Good for one log-in.
    request_uri: String,
    /// In seconds.
    expires_in: i64,
}

/// Push a request for a log-in
///
/// RFC 9126: agencies' programs must, with PKCE (S256) and the key of their DPoP proofs.
#[utoipa::path(
    post, path = "/par", tag = "OAuth", operation_id = "pushRequest",
    request_body(content = Parameters, content_type = "application/x-www-form-urlencoded"),
    responses((status = 201, description = "Send the browser to the authorization endpoint with it.", body = Pushed)),
    security((), ("client" = [])),
    extensions(("x-errors" = json!("oauth"))),
)]
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
    let (request_uri, expires_in) = (pushed.request_uri, pushed.expires_in);
    Ok(HttpResponse::Created().json(Pushed { request_uri, expires_in }))
}
