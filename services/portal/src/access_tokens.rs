//! Access tokens of log-ins, kept in memory while they last.

use std::{collections::HashMap, sync::Arc};

use ambient::Clock;
use aws_lc_rs::digest::{SHA256, digest};
use client::{AccessToken, ClientError, IdentityApi};
use ids::AuthorityId;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

/// An access token is replaced this long before it ends, so that it lasts for the call.
const MARGIN: SignedDuration = SignedDuration::from_secs(30);

/// Gets access tokens from the identity service and keeps them.
pub(crate) struct AccessTokens {
    identity: Arc<IdentityApi>,
    clock: Arc<dyn Clock>,
    kept: Mutex<HashMap<Key, KeptToken>>,
}

/// One log-in at one authority. The refresh token itself stays out of memory dumps.
type Key = ([u8; 32], AuthorityId);

struct KeptToken {
    token: AccessToken,
    ends: Timestamp,
}

impl AccessTokens {
    pub(crate) fn new(identity: Arc<IdentityApi>, clock: Arc<dyn Clock>) -> Self {
        Self { identity, clock, kept: Mutex::default() }
    }

    /// An access token for `authority`, from memory while it lasts.
    pub(crate) async fn get(
        &self,
        refresh_token: &str,
        authority: &AuthorityId,
    ) -> Result<AccessToken, ClientError> {
        let key = (fingerprint(refresh_token), authority.clone());
        let now = self.clock.now();
        if let Some(kept) = self.kept.lock().await.get(&key)
            && kept.ends > now
        {
            return Ok(kept.token.clone());
        }
        let issued = self.identity.token_for(refresh_token, authority).await?;
        let lifetime = SignedDuration::try_from(issued.lifetime).unwrap_or_default();
        let ends = now.saturating_add(lifetime - MARGIN).unwrap_or(now);
        let mut kept = self.kept.lock().await;
        kept.retain(|_, token| token.ends > now);
        kept.insert(key, KeptToken { token: issued.token.clone(), ends });
        Ok(issued.token)
    }

    /// Ends the log-in at the identity service and forgets its tokens.
    pub(crate) async fn revoke(&self, refresh_token: &str) -> Result<(), ClientError> {
        let fingerprint = fingerprint(refresh_token);
        self.kept.lock().await.retain(|(login, _), _| *login != fingerprint);
        self.identity.revoke(refresh_token).await
    }
}

fn fingerprint(secret: &str) -> [u8; 32] {
    let hash = digest(&SHA256, secret.as_bytes());
    hash.as_ref().try_into().expect("SHA-256 has 32 bytes")
}
