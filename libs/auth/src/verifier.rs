//! Decides about tokens without asking anybody.

use std::sync::Arc;

use ambient::Clock;
use serde::de::DeserializeOwned;
use url::Url;

use crate::{
    AccessClaims, Attendee, AttendeeClaims, TokenError, TokenType, jwks::Jwks, public_keys::Header,
};

/// How far the clocks of identity and this machine may differ.
const CLOCK_SKEW_SECONDS: i64 = 30;

/// Verifies the identity service's tokens for one audience. Clones share the keys.
#[derive(Debug, Clone)]
pub struct Verifier(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    issuer: String,
    audience: String,
    keys: Jwks,
    clock: Arc<dyn Clock>,
}

impl Verifier {
    /// A verifier for tokens of `issuer` for `audience` (see [`urn_of`](crate::urn_of)) whose
    /// keys are at `jwks_url`. Nothing is fetched yet.
    #[must_use]
    pub fn new(
        issuer: impl Into<String>,
        audience: impl Into<String>,
        jwks_url: Url,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let (issuer, audience) = (issuer.into(), audience.into());
        Self(Arc::new(Inner { issuer, audience, keys: Jwks::new(jwks_url), clock }))
    }

    /// Fetches the keys now and again for as long as it is polled; never returns. Without it,
    /// keys are fetched when a token first needs them.
    pub async fn keep_keys_fresh(&self) {
        self.0.keys.keep_fresh().await;
    }

    /// Whether keys were fetched at least once.
    #[must_use]
    pub fn has_keys(&self) -> bool {
        self.0.keys.are_known()
    }

    /// The claims of an access token (`typ: at+jwt`).
    ///
    /// # Errors
    /// The first reason for which the token is not accepted.
    pub async fn verify_access(&self, token: &str) -> Result<AccessClaims, TokenError> {
        let claims: AccessClaims = self.open(token, TokenType::Access).await?;
        self.0.judge(&claims.iss, &claims.aud, claims.exp, claims.nbf.unwrap_or(claims.iat))?;
        Ok(claims)
    }

    /// Name and birth date from an attendee token (`typ: userinfo+jwt`).
    ///
    /// # Errors
    /// The first reason for which the token is not accepted.
    pub async fn verify_attendee(&self, token: &str) -> Result<Attendee, TokenError> {
        let claims: AttendeeClaims = self.open(token, TokenType::Attendee).await?;
        self.0.judge(&claims.iss, &claims.aud, claims.exp, claims.iat)?;
        Ok(claims.into())
    }

    async fn open<T: DeserializeOwned>(
        &self,
        token: &str,
        typ: TokenType,
    ) -> Result<T, TokenError> {
        let header = Header::read(token)?;
        header.require_type(Some(typ.as_str()))?;
        self.0.keys.key(&header.kid).await?.open(token)
    }
}

impl Inner {
    fn judge(&self, iss: &str, aud: &str, exp: i64, not_before: i64) -> Result<(), TokenError> {
        let now = self.clock.now().as_second();
        if iss != self.issuer {
            Err(TokenError::WrongIssuer)
        } else if now - CLOCK_SKEW_SECONDS >= exp {
            Err(TokenError::Expired)
        } else if now + CLOCK_SKEW_SECONDS < not_before {
            Err(TokenError::NotYetValid)
        } else if aud != self.audience {
            Err(TokenError::WrongAudience)
        } else {
            Ok(())
        }
    }
}
