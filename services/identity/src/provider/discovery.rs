//! What a provider says about itself, kept for a while.

use std::sync::Arc;

use ambient::Clock;
use arc_swap::ArcSwapOption;
use auth::BoundedHttp;
use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AdditionalProviderMetadata, IssuerUrl, ProviderMetadata,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType,
        CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
        CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
    },
};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use url::Url;

use super::{http_client, login::LoginError};

/// How long the document and the keys are used before they are fetched again.
const CACHE_TTL: SignedDuration = SignedDuration::from_mins(60);
/// How often at most an unknown key makes us fetch again.
const RETRY_DELAY: SignedDuration = SignedDuration::from_secs(10);

/// Fields of the discovery document beyond OpenID Connect Discovery 1.0.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Extras {
    /// RFC 9207: the answer to the browser names the issuer.
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
    /// RFC 9126.
    pub(super) pushed_authorization_request_endpoint: Option<Url>,
    /// OpenID Connect RP-Initiated Logout 1.0.
    pub(super) end_session_endpoint: Option<Url>,
}

impl AdditionalProviderMetadata for Extras {}

pub(super) type Metadata = ProviderMetadata<
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

/// The document and the keys of one provider.
#[derive(Debug)]
pub(super) struct Discovery {
    clock: Arc<dyn Clock>,
    kept: ArcSwapOption<Fetched>,
    /// A fetch holds it, so there is one at a time.
    fetching: Mutex<()>,
}

#[derive(Debug)]
struct Fetched {
    metadata: Metadata,
    at: Timestamp,
}

impl Discovery {
    /// Fetches when it is first asked.
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, kept: ArcSwapOption::empty(), fetching: Mutex::default() }
    }

    /// The document, at most an hour old if the provider answers; older if it does not.
    pub(super) async fn metadata(
        &self,
        issuer: &Url,
        http: &BoundedHttp,
    ) -> Result<Metadata, LoginError> {
        self.not_older_than(CACHE_TTL, issuer, http).await
    }

    /// The document with keys fetched just now: after a signature by an unknown key.
    pub(super) async fn fresh_metadata(
        &self,
        issuer: &Url,
        http: &BoundedHttp,
    ) -> Result<Metadata, LoginError> {
        self.not_older_than(RETRY_DELAY, issuer, http).await
    }

    async fn not_older_than(
        &self,
        age: SignedDuration,
        issuer: &Url,
        http: &BoundedHttp,
    ) -> Result<Metadata, LoginError> {
        let young = || {
            let kept = self.kept.load_full()?;
            (self.clock.now().duration_since(kept.at).abs() < age).then(|| kept.metadata.clone())
        };
        if let Some(metadata) = young() {
            return Ok(metadata);
        }
        let _alone = self.fetching.lock().await;
        if let Some(metadata) = young() {
            return Ok(metadata);
        }
        match fetch(issuer, http).await {
            Ok(metadata) => {
                let fetched = Fetched { metadata: metadata.clone(), at: self.clock.now() };
                self.kept.store(Some(Arc::new(fetched)));
                Ok(metadata)
            }
            Err(error) => {
                tracing::warn!(%issuer, %error, "cannot fetch the provider's discovery document; log-ins there fail until it answers");
                let old = self.kept.load_full().map(|kept| kept.metadata.clone());
                old.ok_or(LoginError::ProviderAway)
            }
        }
    }
}

async fn fetch(issuer: &Url, http: &BoundedHttp) -> Result<Metadata, String> {
    // Providers differ in the final slash, and it must be equal to what they say.
    let text = issuer.as_str();
    let without_slash = text.strip_suffix('/').filter(|_| issuer.path() == "/").unwrap_or(text);
    let issuer = IssuerUrl::new(without_slash.to_owned()).map_err(|error| error.to_string())?;
    let client = |request| http_client::send(http.clone(), request);
    Metadata::discover_async(issuer, &client).await.map_err(|error| {
        // The cause says more than "request failed" and holds no secrets: nothing secret is sent.
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        cause.map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"))
    })
}
