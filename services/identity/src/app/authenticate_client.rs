//! A program proves that it is itself.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use ids::ClientId;

use super::{Context, OAuthError};
use crate::settings::ClientSettings;

/// What a program sent to prove itself.
#[derive(Debug, Clone)]
pub(crate) enum ClientProof {
    /// `client_secret_basic` or `client_secret_post`.
    Secret {
        /// The claimed `client_id`.
        client: String,
        /// The secret.
        secret: String,
    },
    /// Nothing that proves anything.
    None,
}

/// The program, if its proof is right.
pub(crate) fn authenticate_client<'a>(
    context: &'a Context,
    proof: &ClientProof,
) -> Result<&'a ClientSettings, OAuthError> {
    match proof {
        ClientProof::Secret { client, secret } => by_secret(context, client, secret),
        ClientProof::None => Err(OAuthError::InvalidClient),
    }
}

fn by_secret<'a>(
    context: &'a Context,
    id: &str,
    secret: &str,
) -> Result<&'a ClientSettings, OAuthError> {
    let id: ClientId = id.parse().map_err(|_| OAuthError::InvalidClient)?;
    let client = context.client(&id).ok_or(OAuthError::InvalidClient)?;
    let expected = client.secret.as_ref().ok_or(OAuthError::InvalidClient)?;
    verify_slices_are_equal(expected.expose().as_bytes(), secret.as_bytes())
        .map_err(|_| OAuthError::InvalidClient)?;
    Ok(client)
}
