//! Reading a provider's log-out tokens.

use auth::{PublicKeys, TokenError};
use jsonwebtoken::Algorithm;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::{Provider, discovery::Metadata, login::LoginError};

const ALGORITHMS: &[Algorithm] =
    &[Algorithm::ES256, Algorithm::ES384, Algorithm::EdDSA, Algorithm::PS256, Algorithm::RS256];
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// A log-out token is used at once.
const LONGEST_SECONDS: i64 = 300;

/// What a log-out token says (section 2.4 of the specification).
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Logout {
    iss: String,
    aud: Value,
    iat: i64,
    #[serde(default)]
    exp: Option<i64>,
    pub(crate) jti: String,
    events: Value,
    #[serde(default)]
    pub(crate) sub: Option<String>,
    #[serde(default)]
    pub(crate) sid: Option<String>,
    /// Must be absent, so that no ID token passes for a log-out token.
    #[serde(default)]
    nonce: Option<Value>,
}

/// A log-out token that is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LogoutError {
    #[error("the log-out token's signature or form: {0}")]
    Token(#[from] TokenError),
    #[error("the log-out token's claims are not those of a log-out token for us")]
    Claims,
    #[error(transparent)]
    Provider(#[from] LoginError),
}

impl Provider {
    /// Where the browser logs out at this provider, if it is to and the provider offers that. It
    /// comes back to `back` with `state`.
    pub(crate) async fn log_out_there(&self, back: &Url, state: &str) -> Option<Url> {
        if !self.settings.logout_there {
            return None;
        }
        let metadata = self.discovery.metadata(&self.settings.issuer, &self.http).await.ok()?;
        let mut url = metadata.additional_metadata().end_session_endpoint.clone()?;
        url.query_pairs_mut()
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("post_logout_redirect_uri", back.as_str())
            .append_pair("state", state);
        Some(url)
    }

    /// The content of a log-out token if this provider signed it for us just now.
    pub(crate) async fn read_logout(&self, token: &str) -> Result<Logout, LogoutError> {
        let issuer = &self.settings.issuer;
        let metadata = self.discovery.metadata(issuer, &self.http).await?;
        let logout = match open(&metadata, token) {
            Err(TokenError::UnknownKey) => {
                open(&self.discovery.fresh_metadata(issuer, &self.http).await?, token)?
            }
            other => other?,
        };
        let us = Value::from(self.settings.client_id.as_str());
        let for_us = logout.aud == us
            || logout.aud.as_array().is_some_and(|audiences| audiences.contains(&us));
        let now = self.clock.now().as_second();
        let recent = (now - logout.iat).abs() <= LONGEST_SECONDS;
        let expired = logout.exp.is_some_and(|exp| exp + LONGEST_SECONDS < now);
        let right = logout.iss == metadata.issuer().as_str()
            && for_us
            && recent
            && !expired
            && logout.events.get(EVENT).is_some_and(Value::is_object)
            && logout.nonce.is_none();
        if right { Ok(logout) } else { Err(LogoutError::Claims) }
    }
}

fn open(metadata: &Metadata, token: &str) -> Result<Logout, TokenError> {
    let document = serde_json::to_vec(metadata.jwks()).map_err(|_| TokenError::KeysUnavailable)?;
    let keys = PublicKeys::parse(&document, ALGORITHMS).map_err(|_| TokenError::KeysUnavailable)?;
    // `logout+jwt` is recommended, not required (section 2.4).
    keys.open(token, None)
}
