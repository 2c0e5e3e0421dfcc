//! Tokens with a verified signature: verification costs more than a look-up.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use aws_lc_rs::digest;

use crate::AccessClaims;

/// Tokens in each of the two generations. About 20 MB in all if both are full.
const GENERATION_SIZE: usize = 10_000;

/// A verified token: its claims and the key that signed it.
#[derive(Debug)]
pub(crate) struct VerifiedToken {
    pub(crate) kid: String,
    pub(crate) claims: Arc<AccessClaims>,
}

/// Caches verified tokens by their SHA-256. When the young generation is full it becomes the old
/// one, and tokens that were not used meanwhile are evicted.
#[derive(Debug, Default)]
pub(crate) struct TokenCache(Mutex<Generations>);

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<[u8; 32], Arc<VerifiedToken>>,
    old: HashMap<[u8; 32], Arc<VerifiedToken>>,
}

impl TokenCache {
    pub(crate) fn get(&self, token: &str) -> Option<Arc<VerifiedToken>> {
        let hash = hash(token);
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = generations.young.get(&hash) {
            return Some(Arc::clone(found));
        }
        let found = generations.old.remove(&hash)?;
        generations.insert(hash, Arc::clone(&found));
        Some(found)
    }

    pub(crate) fn insert(&self, token: &str, verified: VerifiedToken) {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        generations.insert(hash(token), Arc::new(verified));
    }
}

impl Generations {
    fn insert(&mut self, hash: [u8; 32], verified: Arc<VerifiedToken>) {
        if self.young.len() >= GENERATION_SIZE {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(hash, verified);
    }
}

fn hash(token: &str) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, token.as_bytes()).as_ref());
    hash
}
