//! Identity's public keys, fetched in the background.
//!
//! Keys come from `jwks_url` (RFC 7517), every five minutes and when a token names a key that is
//! not known yet. Verification therefore never waits for identity, except for the first token after
//! a rotation.
//!
//! What happens when identity is away: the keys that are known stay in use without a limit of time.
//! With none at all, tokens are answered with 503 and not with 401: the caller did nothing wrong. One
//! caller a second waits for a try; the others are answered at once.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use arc_swap::ArcSwapOption;
use jsonwebtoken::Algorithm;
use tokio::{
    sync::{Mutex, MutexGuard},
    time::Instant,
};
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
/// The same while there are no keys at all.
const NO_KEYS_PAUSE: Duration = Duration::from_secs(1);
/// The pause after the first failed try in the background while there are no keys. It doubles.
const MIN_BACKOFF: Duration = Duration::from_secs(1);
/// The longest such pause: so much later at most are keys there after identity came back.
const MAX_BACKOFF: Duration = Duration::from_secs(15);
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
    /// Whether a fetch failed before any succeeded. Logged once, not at each try.
    has_failed_at_start: AtomicBool,
}

impl Jwks {
    /// No keys yet; the first token or [`keep_fresh`](Self::keep_fresh) fetches them.
    pub(crate) fn new(url: Url) -> Self {
        Self {
            url,
            keys: ArcSwapOption::empty(),
            last_fetch: Mutex::new(None),
            has_failed_at_start: AtomicBool::new(false),
        }
    }

    /// The address of the settings, which may be one within the cluster.
    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// Whether any fetch has ever succeeded. Until then nothing can be decided about a token.
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
    /// Beside the server, until dropped. The pauses grow while there are no keys.
    pub(crate) async fn keep_fresh(&self) {
        let mut pause = MIN_BACKOFF;
        loop {
            let mut last_fetch = self.last_fetch.lock().await;
            self.fetch(&mut last_fetch).await;
            drop(last_fetch);
            if self.are_known() {
                tokio::time::sleep(REFRESH).await;
            } else {
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(MAX_BACKOFF);
            }
        }
    }

    /// Whether the key is among those that were fetched last. A cached token of a withdrawn key is
    /// thus refused.
    pub(crate) fn is_published(&self, kid: &str) -> bool {
        self.keys.load().as_ref().is_some_and(|keys| keys.contains(kid))
    }

    /// From memory, without a lock.
    fn known(&self, kid: &str) -> Option<Arc<PublicKey>> {
        self.keys.load().as_ref()?.find(kid)
    }

    /// For a token with an unknown key. Most of them are forged or old, so identity is asked at
    /// intervals and not for each.
    async fn fetch_unless_recent(&self) {
        let Some(mut last_fetch) = self.turn().await else { return };
        let pause = if self.are_known() { UNKNOWN_KEY_PAUSE } else { NO_KEYS_PAUSE };
        // A task that waited for the lock finds that the keys have just been fetched.
        if last_fetch.is_none_or(|ended| ended.elapsed() >= pause) {
            self.fetch(&mut last_fetch).await;
        }
    }

    /// The right to fetch. `None` while another task tries and the last try brought nothing: identity may
    /// be silent for seconds, and callers are not made to wait in line for that.
    async fn turn(&self) -> Option<MutexGuard<'_, Option<Instant>>> {
        if !self.are_known() && self.has_failed_at_start.load(Ordering::Relaxed) {
            self.last_fetch.try_lock().ok()
        } else {
            Some(self.last_fetch.lock().await)
        }
    }

    /// Replaces all keys at once. A key that is no longer published is gone, and so are cached
    /// tokens that it signed.
    async fn fetch(&self, last_fetch: &mut Option<Instant>) {
        let were_known = self.are_known();
        match self.download().await {
            Ok(keys) => {
                self.keys.store(Some(Arc::new(keys)));
                if self.has_failed_at_start.swap(false, Ordering::Relaxed) {
                    tracing::info!(
                        "the identity service's keys are there: log-ins count from now on"
                    );
                }
            }
            // The old keys stay: an outage of identity must not lock people out.
            Err(error) if were_known => {
                tracing::warn!(%error, "cannot fetch the identity service's keys; the known ones stay in use");
            }
            Err(error) => {
                if !self.has_failed_at_start.swap(true, Ordering::Relaxed) {
                    tracing::warn!(%error, url = %self.url, "the identity service's keys were never fetched: what is public is answered, what needs a log-in gets 503 until they arrive");
                }
            }
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
