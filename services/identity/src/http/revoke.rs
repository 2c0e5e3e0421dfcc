//! `POST /revoke` (RFC 7009), and `GET /revocations`: what ended in the last minutes.

use actix_web::{HttpRequest, HttpResponse, http::header::CONTENT_TYPE, web};
use serde::Deserialize;

use super::client_proof::Credentials;
use crate::app::{Context, OAuthError, list_revocations, revoke_token};

#[derive(Deserialize)]
pub(super) struct Parameters {
    token: Option<String>,
    #[serde(flatten)]
    client: Credentials,
}

/// 200 also for an unknown token (RFC 7009 section 2.2). `token_type_hint` is not needed.
pub(super) async fn revoke(
    context: web::Data<Context>,
    request: HttpRequest,
    parameters: web::Form<Parameters>,
) -> Result<HttpResponse, OAuthError> {
    let client = parameters.client.authenticate(&context, &request).await?;
    let token = parameters.token.as_deref();
    let token = token.ok_or(OAuthError::InvalidRequest("`token` is missing."))?;
    revoke_token(&context, client, token).await?;
    Ok(HttpResponse::Ok().finish())
}

pub(super) async fn revocations(context: web::Data<Context>) -> Result<HttpResponse, OAuthError> {
    let list = list_revocations(&context).await?;
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/jwt")).body(list))
}
