//! Identity's public keys, fetched in the background.
//!
//! Keys come from `jwks_url` (RFC 7517), every five minutes and when a token names a key that is
//! not known yet. Verification therefore never waits for identity, except for the first token after
//! a rotation.
//!
//! What happens when identity is away: the keys that are known stay in use without a limit of time.
//! With none at all, tokens are answered with 503 and not with 401: the caller did nothing wrong.

use std::{sync::Arc, time::Duration};

use arc_swap::ArcSwapOption;
use jsonwebtoken::Algorithm;
use tokio::{sync::Mutex, time::Instant};
use url::Url;

use crate::{
    BoundedHttp, TokenError,
    public_keys::{PublicKey, PublicKeys},
};

/// What identity signs with. Anything else is not looked at.
pub(crate) const ALGORITHMS: &[Algorithm] = &[Algorithm::ES256, Algorithm::EdDSA];
/// How often the keys are fetched without a reason. A key that identity no longer publishes is
/// believed this long, and for as long as identity cannot be reached.
const REFRESH: Duration = Duration::from_mins(5);
/// How often at most an unknown `kid` makes us ask again: forged tokens must not turn us into a
/// load on identity.
const UNKNOWN_KEY_PAUSE: Duration = Duration::from_secs(10);
/// The same, and the pause between tries, while there are no keys at all.
const NO_KEYS_PAUSE: Duration = Duration::from_secs(1);
/// For one fetch, from the connection to the last byte.
const TIMEOUT: Duration = Duration::from_secs(5);
/// A key set has a few hundred bytes per key; more than this is no key set.
const MAX_BYTES: usize = 128 * 1024;

/// The keys of one issuer, replaced as a whole by each fetch. Readers take no lock.
#[derive(Debug)]
pub(crate) struct Jwks {
    url: Url,
    /// Absent until the first successful fetch.
    keys: ArcSwapOption<PublicKeys>,
    /// When the last fetch ended. A fetch holds the lock, so there is one at a time.
    last_fetch: Mutex<Option<Instant>>,
}

impl Jwks {
    pub(crate) fn new(url: Url) -> Self {
        Self { url, keys: ArcSwapOption::empty(), last_fetch: Mutex::new(None) }
    }

    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    pub(crate) fn are_known(&self) -> bool {
        self.keys.load().is_some()
    }

    /// The key called `kid`, from memory if it is there.
    ///
    /// An unknown `kid` is asked for at most every ten seconds (each second while there are no
    /// keys).
    ///
    /// # Errors
    /// [`UnknownKey`](TokenError::UnknownKey) if identity does not publish it,
    /// [`KeysUnavailable`](TokenError::KeysUnavailable) if no keys were ever fetched.
    pub(crate) async fn key(&self, kid: &str) -> Result<Arc<PublicKey>, TokenError> {
        if let Some(key) = self.known(kid) {
            return Ok(key);
        }
        self.fetch_unless_recent().await;
        match self.known(kid) {
            Some(key) => Ok(key),
            None if self.are_known() => Err(TokenError::UnknownKey),
            None => Err(TokenError::KeysUnavailable),
        }
    }

    /// Fetches for ever.
    ///
    /// Beside the server, until dropped. Tries each second while there are no keys.
    pub(crate) async fn keep_fresh(&self) {
        loop {
            let mut last_fetch = self.last_fetch.lock().await;
            self.fetch(&mut last_fetch).await;
            drop(last_fetch);
            tokio::time::sleep(if self.are_known() { REFRESH } else { NO_KEYS_PAUSE }).await;
        }
    }

    /// Whether the key is among those that were fetched last. A cached token of a withdrawn key is
    /// thus refused.
    pub(crate) fn is_published(&self, kid: &str) -> bool {
        self.known(kid).is_some()
    }

    fn known(&self, kid: &str) -> Option<Arc<PublicKey>> {
        self.keys.load().as_ref()?.find(kid)
    }

    async fn fetch_unless_recent(&self) {
        let mut last_fetch = self.last_fetch.lock().await;
        let pause = if self.are_known() { UNKNOWN_KEY_PAUSE } else { NO_KEYS_PAUSE };
        // A task that waited for the lock finds that the keys have just been fetched.
        if last_fetch.is_none_or(|ended| ended.elapsed() >= pause) {
            self.fetch(&mut last_fetch).await;
        }
    }

    async fn fetch(&self, last_fetch: &mut Option<Instant>) {
        match self.download().await {
            Ok(keys) => self.keys.store(Some(Arc::new(keys))),
            // The old keys stay: an outage of identity must not lock people out.
            Err(error) => tracing::warn!(%error, "cannot fetch the identity service's keys"),
        }
        *last_fetch = Some(Instant::now());
    }

    /// A set without any usable key counts as a failure: an empty answer must not lock all callers
    /// out.
    async fn download(&self) -> Result<PublicKeys, Box<dyn std::error::Error + Send + Sync>> {
        let answer = BoundedHttp::new(TIMEOUT, MAX_BYTES)?.get(self.url.clone()).await?;
        if !answer.status.is_success() {
            return Err(format!("status {}", answer.status).into());
        }
        let keys = PublicKeys::parse(&answer.body, ALGORITHMS)?;
        if keys.is_empty() { Err("no usable key in the key set".into()) } else { Ok(keys) }
    }
}
