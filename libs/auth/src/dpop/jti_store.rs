//! Proofs that were used, until they are too old to be accepted anyway.

use std::{
    collections::{BTreeSet, HashSet},
    fmt::Debug,
    sync::{Arc, Mutex, PoisonError},
};

use ambient::Clock;
use async_trait::async_trait;
use jiff::Timestamp;

/// Remembers proofs for all processes of a service. Each has its own: a proof names its URL.
#[async_trait]
pub trait JtiStore: Debug + Send + Sync {
    /// Notes that the proof `id` (43 characters of base 64 for URLs) was used; `false` if it was before.
    /// Of two at once one is the first. May be forgotten after `until`, 90 seconds from now at most.
    ///
    /// # Errors
    /// The store does not answer: the proof is then refused.
    async fn first_use(&self, id: &str, until: Timestamp) -> Result<bool, JtiStoreError>;
}

/// Where proofs are remembered does not answer.
#[derive(Debug, thiserror::Error)]
#[error("used proofs cannot be looked up: {0}")]
pub struct JtiStoreError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl JtiStoreError {
    /// With its cause, for the log.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

/// In this process: for one process only.
#[derive(Debug)]
pub struct MemoryJtiStore {
    clock: Arc<dyn Clock>,
    used: Mutex<Used>,
}

#[derive(Debug, Default)]
struct Used {
    ids: HashSet<String>,
    by_end: BTreeSet<(i64, String)>,
}

impl MemoryJtiStore {
    /// Nothing was used yet.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, used: Mutex::default() }
    }
}

#[async_trait]
impl JtiStore for MemoryJtiStore {
    async fn first_use(&self, id: &str, until: Timestamp) -> Result<bool, JtiStoreError> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.evict_expired(self.clock.now().as_second());
        let is_first = used.ids.insert(id.to_owned());
        if is_first {
            used.by_end.insert((until.as_second(), id.to_owned()));
        }
        Ok(is_first)
    }
}

impl Used {
    fn evict_expired(&mut self, now: i64) {
        while self.by_end.first().is_some_and(|(until, _)| *until < now) {
            if let Some((_, id)) = self.by_end.pop_first() {
                self.ids.remove(&id);
            }
        }
    }
}
