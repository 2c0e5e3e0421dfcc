//! How a program proves itself at the endpoints for pushed requests, tokens and revocations (RFC 6749 section 2.3, RFC 7523).

use actix_web::{HttpMessage as _, HttpRequest};
use serde::Deserialize;
use utoipa::ToSchema;

use super::basic;
use crate::{
    app::{ClientProof, Context, OAuthError, authenticate_client},
    settings::ClientSettings,
};

const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The form's parameters that prove something.
#[derive(Deserialize, ToSchema)]
pub(super) struct Credentials {
    /// If the client has a secret and sends no `Authorization`.
    client_id: Option<String>,
    /// If the client has a secret and sends no `Authorization`.
    client_secret: Option<String>,
    /// `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.
    client_assertion_type: Option<String>,
    /// Of an agency's program: a JWT that its key signed (RFC 7523).
    client_assertion: Option<String>,
}

impl Credentials {
    /// The client that proves itself. `client_id` in the form names no other one (RFC 7521 section 4.2).
    pub(super) async fn authenticate<'a>(
        &self,
        context: &'a Context,
        request: &HttpRequest,
    ) -> Result<&'a ClientSettings, OAuthError> {
        require_utf_8(request)?;
        let client = authenticate_client(context, &self.proof(request)?).await?;
        match self.client_id.as_deref() {
            Some(named) if named != client.id.as_str() => Err(OAuthError::InvalidClient),
            _ => Ok(client),
        }
    }

    /// The header counts if there is one.
    fn proof(&self, request: &HttpRequest) -> Result<ClientProof, OAuthError> {
        if let Some(given) = basic::credentials(request) {
            let (client, secret) = given.ok_or(OAuthError::InvalidClient)?;
            return Ok(ClientProof::Secret { client, secret });
        }
        if let Some(assertion) = &self.client_assertion {
            return match self.client_assertion_type.as_deref() {
                Some(JWT_BEARER) => Ok(ClientProof::Assertion(assertion.clone())),
                _ => Err(OAuthError::InvalidRequest("`client_assertion_type` must be jwt-bearer.")),
            };
        }
        Ok(match (&self.client_id, &self.client_secret) {
            (Some(client), Some(secret)) => {
                ClientProof::Secret { client: client.clone(), secret: secret.clone() }
            }
            _ => ClientProof::None,
        })
    }
}

/// A form is in UTF-8 (RFC 6749 appendix B): in another charset a name or a secret would be another.
pub(super) fn require_utf_8(request: &HttpRequest) -> Result<(), OAuthError> {
    let media_type = request.mime_type().ok().flatten();
    let charset = media_type.as_ref().and_then(|media_type| media_type.get_param("charset"));
    if charset.is_none_or(|charset| charset.as_str().eq_ignore_ascii_case("utf-8")) {
        return Ok(());
    }
    Err(OAuthError::InvalidRequest("The form must be in UTF-8."))
}
