//! How a program proves itself at the endpoints for pushed requests, tokens and revocations (RFC 6749 section 2.3, RFC 7523).

use actix_web::HttpRequest;
use serde::Deserialize;

use super::basic;
use crate::{
    app::{ClientProof, OAuthError},
    settings::ClientSettings,
};

const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The form's parameters that prove something.
#[derive(Deserialize)]
pub(super) struct Credentials {
    client_id: Option<String>,
    client_secret: Option<String>,
    client_assertion_type: Option<String>,
    client_assertion: Option<String>,
}

impl Credentials {
    /// Whether no other client than this one is named.
    pub(super) fn is_of(&self, client: &ClientSettings) -> bool {
        self.client_id.as_deref().is_none_or(|named| named == client.id.as_str())
    }

    /// The header counts if there is one.
    pub(super) fn proof(&self, request: &HttpRequest) -> Result<ClientProof, OAuthError> {
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
