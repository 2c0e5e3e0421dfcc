//! The portal as an OpenID client of the identity service.

use std::{collections::HashMap, sync::Arc};

use ambient::Clock;
use aws_lc_rs::digest::{SHA256, digest};
use client::{
    AccessToken, AddressProof, ClientError, CodeExchange, Contact, Endpoints, IdentityApi, Stated,
    Tokens, TrustLevel,
};
use ids::AuthorityId;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use serde::Deserialize;
use tokio::sync::{Mutex, RwLock};

/// An access token is replaced this long before it ends, so that it lasts for the call.
const MARGIN: SignedDuration = SignedDuration::from_secs(30);

/// How far the identity service's clock may differ from ours.
const SKEW: SignedDuration = SignedDuration::from_secs(60);

/// The identity service and what was learnt from it.
pub(crate) struct Identity {
    api: IdentityApi,
    clock: Arc<dyn Clock>,
    discovered: RwLock<Option<Arc<Discovered>>>,
    tokens: Mutex<HashMap<TokenKey, CachedToken>>,
}

/// Endpoints and keys of the identity service.
pub(crate) struct Discovered {
    pub(crate) endpoints: Endpoints,
    keys: JwkSet,
}

/// One log-in at one authority. The refresh token itself stays out of memory dumps.
type TokenKey = ([u8; 32], AuthorityId);

struct CachedToken {
    token: AccessToken,
    ends: Timestamp,
}

/// Who logged in, from the ID token.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Claims {
    nonce: Option<String>,
    exp: i64,
    iat: i64,
    /// How sure it is; absent means as little as possible.
    #[serde(default)]
    acr: Option<TrustLevel>,
}

/// A log-in did not come to its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoginError {
    #[error(transparent)]
    Client(#[from] ClientError),
    #[error("the ID token is not acceptable: {0}")]
    IdToken(&'static str),
}

impl Identity {
    pub(crate) fn new(api: IdentityApi, clock: Arc<dyn Clock>) -> Self {
        Self { api, clock, discovered: RwLock::default(), tokens: Mutex::default() }
    }

    pub(crate) fn client_id(&self) -> &str {
        self.api.client_id()
    }

    /// Endpoints and keys; asks the service only the first time it can be reached.
    pub(crate) async fn discovered(&self) -> Result<Arc<Discovered>, ClientError> {
        if let Some(known) = self.discovered.read().await.clone() {
            return Ok(known);
        }
        self.discover().await
    }

    async fn discover(&self) -> Result<Arc<Discovered>, ClientError> {
        let endpoints = self.api.discover().await?;
        let keys = self.api.keys(&endpoints).await?;
        let keys = serde_json::from_value(keys)
            .map_err(|error| ClientError::Unreadable { status: 200, reason: error.to_string() })?;
        let known = Arc::new(Discovered { endpoints, keys });
        *self.discovered.write().await = Some(Arc::clone(&known));
        Ok(known)
    }

    /// Finishes a log-in: exchanges the code and checks the ID token.
    pub(crate) async fn finish(
        &self,
        code: CodeExchange<'_>,
        nonce: &str,
    ) -> Result<(Tokens, TrustLevel), LoginError> {
        let known = self.discovered().await?;
        let tokens = self.api.exchange(&known.endpoints, code).await?;
        let id_token = tokens.id_token.as_deref().ok_or(LoginError::IdToken("there is none"))?;
        let claims = match verify(id_token, &known, self.client_id()) {
            // Keys are rotated; one look at the current ones decides.
            Err(LoginError::IdToken(UNKNOWN_KEY)) => {
                verify(id_token, &*self.discover().await?, self.client_id())?
            }
            other => other?,
        };
        let now = self.clock.now();
        if claims.nonce.as_deref() != Some(nonce) {
            return Err(LoginError::IdToken("the nonce is another log-in's"));
        }
        if claims.exp <= (now - SKEW).as_second() || claims.iat > (now + SKEW).as_second() {
            return Err(LoginError::IdToken("it is not valid at this time"));
        }
        Ok((tokens, claims.acr.unwrap_or(TrustLevel::Basic)))
    }

    /// An access token for `authority`, from memory while it lasts.
    pub(crate) async fn token_for(
        &self,
        refresh_token: &str,
        authority: &AuthorityId,
    ) -> Result<AccessToken, ClientError> {
        let key = (fingerprint(refresh_token), authority.clone());
        let now = self.clock.now();
        if let Some(cached) = self.tokens.lock().await.get(&key)
            && cached.ends > now
        {
            return Ok(cached.token.clone());
        }
        let known = self.discovered().await?;
        let tokens = self.api.token_for(&known.endpoints, refresh_token, authority).await?;
        let lifetime = i64::try_from(tokens.expires_in.unwrap_or(0)).unwrap_or(0);
        let token = AccessToken::new(tokens.access_token);
        let ends = now + SignedDuration::from_secs(lifetime) - MARGIN;
        let mut cache = self.tokens.lock().await;
        cache.retain(|_, cached| cached.ends > now);
        cache.insert(key, CachedToken { token: token.clone(), ends });
        Ok(token)
    }

    /// The signed name and birth date for the authority of `token`.
    pub(crate) async fn attendee(&self, token: &AccessToken) -> Result<String, ClientError> {
        let known = self.discovered().await?;
        self.api.attendee(&known.endpoints, token).await
    }

    /// Where the person can be reached.
    pub(crate) async fn contact(&self, token: &AccessToken) -> Result<Contact, ClientError> {
        self.api.contact(token).await
    }

    /// States the person's e-mail address; if it is new, a code goes there.
    pub(crate) async fn state_contact(
        &self,
        token: &AccessToken,
        email: &str,
        language: &str,
    ) -> Result<Stated, ClientError> {
        self.api.state_contact(token, email, language).await
    }

    /// Takes the code that was sent to the stated address.
    pub(crate) async fn prove_contact(
        &self,
        token: &AccessToken,
        code: &str,
    ) -> Result<AddressProof, ClientError> {
        self.api.prove_contact(token, code).await
    }

    /// Ends the log-in at the identity service and forgets its tokens.
    pub(crate) async fn revoke(&self, refresh_token: &str) -> Result<(), ClientError> {
        let fingerprint = fingerprint(refresh_token);
        self.tokens.lock().await.retain(|(login, _), _| *login != fingerprint);
        let known = self.discovered().await?;
        self.api.revoke(&known.endpoints, refresh_token).await
    }
}

const UNKNOWN_KEY: &str = "it is signed with an unknown key";

fn verify(id_token: &str, known: &Discovered, client_id: &str) -> Result<Claims, LoginError> {
    let header = jsonwebtoken::decode_header(id_token)
        .map_err(|_| LoginError::IdToken("it is not a JWT"))?;
    let key = known
        .keys
        .keys
        .iter()
        .find(|key| key.common.key_id == header.kid)
        .and_then(|key| DecodingKey::from_jwk(key).ok())
        .ok_or(LoginError::IdToken(UNKNOWN_KEY))?;
    let mut validation = Validation::new(Algorithm::ES256);
    validation.set_issuer(&[&known.endpoints.issuer]);
    validation.set_audience(&[client_id]);
    // Times are compared with the injected clock by the caller.
    validation.validate_exp = false;
    jsonwebtoken::decode::<Claims>(id_token, &key, &validation)
        .map(|token| token.claims)
        .map_err(|_| LoginError::IdToken("issuer, audience or signature is wrong"))
}

fn fingerprint(secret: &str) -> [u8; 32] {
    let hash = digest(&SHA256, secret.as_bytes());
    hash.as_ref().try_into().expect("SHA-256 has 32 bytes")
}
