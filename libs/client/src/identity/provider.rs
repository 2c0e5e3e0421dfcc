//! What the identity service says about itself (OpenID Connect Discovery 1.0).
//!
//! Read once and kept for the life of the process: endpoints do not move, and keys are read again
//! when a token names one that is not known.

use std::sync::Arc;

use openidconnect::{
    AdditionalProviderMetadata, DiscoveryError, EndSessionUrl, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IssuerUrl, ProviderMetadata, RedirectUrl,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod,
        CoreGrantType, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
        CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
        CoreSubjectIdentifierType,
    },
};
use serde::{Deserialize, Serialize};
use url::Url;

use super::IdentityApi;
use crate::ClientError;

/// Fields of the discovery document beyond OpenID Connect Discovery 1.0.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Extras {
    /// RFC 9207: the callback names the issuer.
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
    /// OpenID Connect RP-Initiated Logout 1.0.
    pub(super) end_session_endpoint: Option<EndSessionUrl>,
    /// RFC 7009.
    pub(super) revocation_endpoint: Option<Url>,
}

impl AdditionalProviderMetadata for Extras {}

type Metadata = ProviderMetadata<
    Extras,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

pub(super) type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Endpoints and keys of the identity service, and us as its client.
#[derive(Debug)]
pub(super) struct Provider {
    /// The `iss` of every token.
    pub(super) issuer: String,
    /// `openidconnect`'s view of us, with our secret and redirect address.
    pub(super) client: Client,
    pub(super) extras: Extras,
}

impl IdentityApi {
    /// Who signs: the `iss` of every token, as the discovery document states it.
    ///
    /// # Errors
    /// The service cannot be reached, or the document names another issuer.
    pub async fn issuer(&self) -> Result<String, ClientError> {
        Ok(self.provider().await?.issuer.clone())
    }

    /// Asks the service only the first time that it can be reached.
    pub(super) async fn provider(&self) -> Result<Arc<Provider>, ClientError> {
        match self.provider.load_full() {
            Some(known) => Ok(known),
            None => self.discover().await,
        }
    }

    /// Reads the document and the keys as they are now.
    pub(super) async fn discover(&self) -> Result<Arc<Provider>, ClientError> {
        // Our identity service names itself without the final slash.
        let issuer = self.issuer.as_str().trim_end_matches('/').to_owned();
        let issuer = IssuerUrl::new(issuer).map_err(|error| unreadable(&error))?;
        let metadata =
            Metadata::discover_async(issuer, &self.send()).await.map_err(|error| match error {
                DiscoveryError::Request(error) => error,
                DiscoveryError::Response(status, _, reason) => {
                    ClientError::Unreadable { status: status.as_u16(), reason }
                }
                error => unreadable(&error),
            })?;
        let (id, secret) = (self.client_id.clone(), self.client_secret.clone());
        let known = Arc::new(Provider {
            issuer: metadata.issuer().as_str().to_owned(),
            extras: metadata.additional_metadata().clone(),
            client: CoreClient::from_provider_metadata(metadata, id, Some(secret))
                .set_redirect_uri(RedirectUrl::from_url(self.redirect_uri.clone())),
        });
        self.provider.store(Some(Arc::clone(&known)));
        Ok(known)
    }
}

/// A document that cannot be read or names another issuer (Discovery section 4.3 forbids to use
/// it).
fn unreadable(error: &dyn std::error::Error) -> ClientError {
    ClientError::Unreadable { status: 200, reason: format!("discovery document: {error}") }
}
