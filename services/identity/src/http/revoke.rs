//! `POST /revoke` (RFC 7009), and `GET /revocations`: what ended in the last minutes.

use actix_web::{HttpRequest, HttpResponse, http::header::CONTENT_TYPE, web};
use serde::Deserialize;
use utoipa::ToSchema;

use super::client_proof::Credentials;
use crate::app::{Context, OAuthError, list_revocations, revoke_token};

/// What is to end, with what proves the client.
#[derive(Deserialize, ToSchema)]
#[schema(as = RevocationRequest)]
pub(super) struct Parameters {
    /// A refresh token, or one of an agency's access tokens.
    #[schema(required, nullable = false)]
    token: Option<String>,
    #[serde(flatten)]
    client: Credentials,
}

/// Revoke a token
///
/// 200 also for an unknown token (RFC 7009 section 2.2). `token_type_hint` is not needed.
#[utoipa::path(
    post, path = "/revoke", tag = "OAuth", operation_id = "revokeToken",
    request_body(content = Parameters, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "It has ended, if it was one.")),
    security((), ("client" = [])),
    extensions(("x-errors" = json!("oauth"))),
)]
pub(super) async fn revoke(
    context: web::Data<Context>,
    request: HttpRequest,
    parameters: web::Form<Parameters>,
) -> Result<HttpResponse, OAuthError> {
    // Before anybody proves anything: an empty form is no wrong proof.
    let token = parameters.token.as_deref();
    let token = token.ok_or(OAuthError::InvalidRequest("`token` is missing."))?;
    let client = parameters.client.authenticate(&context, &request).await?;
    revoke_token(&context, client, token).await?;
    Ok(HttpResponse::Ok().finish())
}

/// List what ended
///
/// Sessions and clients that ended before their tokens do, of the last minutes: a JWT that is signed
/// with a key of `/jwks`. Services ask for it while they are cut off from the broker.
#[utoipa::path(
    get, path = "/revocations", tag = "Discovery", operation_id = "listRevocations",
    responses((status = 200, description = "The signed list.", body = String, content_type = "application/jwt")),
    extensions(("x-errors" = json!("oauth"))),
)]
pub(super) async fn revocations(context: web::Data<Context>) -> Result<HttpResponse, OAuthError> {
    let list = list_revocations(&context).await?;
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/jwt")).body(list))
}
