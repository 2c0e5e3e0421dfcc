//! The public log as this process knows it.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use ::store::Database;
use auth::{BoundedHttp, HttpError, HttpResponse};
use draw::Seconds;
use ids::AuthorityId;
use jiff::{SignedDuration, Timestamp};
use settings::Secret;
use tlog::{Hash, InvalidKey, KeyKind, Note, SigningKey, Tree, VerifierKey};
use url::Url;

use crate::{
    app::{AppError, draws::derive},
    log_settings::{LogSettings, WitnessSettings},
    store::log::entries,
};

/// How long a request to one witness may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// A cosignature has less than 400 bytes.
const MAX_BYTES: usize = 16 * 1024;
/// Entries that are read at once.
const BATCH: u64 = 10_000;
/// Between the announcement of a draw and its opening, at least, so that a witness sees it before.
const SEEN_WITHIN: SignedDuration = SignedDuration::from_mins(5);

/// What the log needs besides the database.
#[derive(Debug)]
pub struct PublicLog {
    key: SigningKey,
    witnesses: Vec<WitnessSettings>,
    keep_days: u16,
    http: BoundedHttp,
    /// The tree of the entries that this process has read so far. Never locked across an `await`.
    tree: Mutex<Tree>,
}

/// The log cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum LogUnusable {
    /// The origin is no name.
    #[error(transparent)]
    Origin(#[from] InvalidKey),
    /// TLS cannot be set up.
    #[error(transparent)]
    Http(#[from] HttpError),
}

impl PublicLog {
    /// The log whose key follows from the secret of its own in the settings, and from `shared` if there is none.
    ///
    /// # Errors
    /// The origin is no name, or TLS cannot be set up on this machine.
    pub fn new(
        shared: &Secret,
        settings: LogSettings,
        authority: &AuthorityId,
    ) -> Result<Self, LogUnusable> {
        let origin = settings.origin.unwrap_or_else(|| format!("{authority}/log"));
        let secret = settings.key.as_ref().unwrap_or(shared);
        Ok(Self {
            key: SigningKey::from_seed(&origin, KeyKind::Note, &derive(secret, "log"))?,
            witnesses: settings.witnesses,
            keep_days: settings.keep_days,
            http: BoundedHttp::new(TIMEOUT, MAX_BYTES)?,
            tree: Mutex::default(),
        })
    }

    /// Signs checkpoints.
    pub(super) const fn key(&self) -> &SigningKey {
        &self.key
    }

    /// The key by which others check the log.
    #[must_use]
    pub const fn verifier(&self) -> &VerifierKey {
        self.key.verifier()
    }

    /// The witnesses of the log.
    #[must_use]
    pub fn witnesses(&self) -> &[WitnessSettings] {
        &self.witnesses
    }

    /// For how many days after its week a draw is kept.
    #[must_use]
    pub const fn keep_days(&self) -> u16 {
        self.keep_days
    }

    /// What a draw announces of the log.
    #[must_use]
    pub fn announced(&self) -> draw::Log {
        draw::Log {
            key: self.verifier().to_string(),
            witnesses: self.witnesses.iter().map(|witness| witness.key.to_string()).collect(),
        }
    }

    /// When a draw that is announced at `now` can open: where witnesses watch, they see it before.
    #[must_use]
    pub fn earliest_opening(&self, now: Timestamp) -> Timestamp {
        match self.witnesses.as_slice() {
            [] => now,
            [..] => now.saturating_add(SEEN_WITHIN).unwrap_or(now),
        }
    }

    /// When the first of the witnesses says to have seen a checkpoint.
    pub(super) fn first_seen(&self, checkpoint: &Note) -> Option<Seconds> {
        let keys: Vec<_> = self.witnesses.iter().map(|witness| witness.key.clone()).collect();
        checkpoint.verify(&keys).ok()?.iter().filter_map(|signed| signed.seen).min()
    }

    /// Sends a text to a witness.
    pub(super) async fn send(&self, url: Url, text: String) -> Result<HttpResponse, HttpError> {
        self.http.post_text(url, text).await
    }

    /// Reads entries until the tree has the first `size`. To be called before a transaction begins:
    /// with SQLite there is one connection.
    pub(super) async fn grow(&self, database: &Database, size: u64) -> Result<(), AppError> {
        loop {
            let from = self.tree().size();
            if from >= size {
                return Ok(());
            }
            let read = entries::range(database.connection(), from..size.min(from + BATCH)).await?;
            let mut tree = self.tree();
            // Another task may have read the same meanwhile.
            if tree.size() == from {
                read.iter().for_each(|entry| _ = tree.push(Hash::leaf(&entry.0)));
            }
        }
    }

    /// The tree of what was read so far.
    pub(super) fn tree(&self) -> MutexGuard<'_, Tree> {
        self.tree.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
