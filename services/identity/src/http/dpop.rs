//! The key that a request proves to have (RFC 9449).

use actix_web::HttpRequest;
use auth::{AccessClaims, Authorization, DPOP_HEADER, Thumbprint};
use problem::Problem;

use crate::app::{Context, OAuthError};

/// The key of the proof that came with a request for tokens, if one came.
pub(super) async fn proven_key(
    context: &Context,
    request: &HttpRequest,
) -> Result<Option<Thumbprint>, OAuthError> {
    if !request.headers().contains_key(DPOP_HEADER) {
        return Ok(None);
    }
    Ok(Some(context.dpop.verify(request, None).await?))
}

/// The claims of the request's access token, whose sender has the key that it is bound to, if it is.
pub(super) async fn access_token(
    context: &Context,
    request: &HttpRequest,
) -> Result<AccessClaims, Problem> {
    let sent = Authorization::of(request)?;
    let claims = context.own_access_token(sent.token()).map_err(|error| sent.refused(error))?;
    sent.require_sender(request, claims.cnf.as_ref(), Some(&context.dpop)).await?;
    Ok(claims)
}
