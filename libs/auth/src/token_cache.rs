//! Tokens with a verified signature: verification costs more than a look-up.
//!
//! Only signature and parsing are remembered. Expiry, audience and revocation are judged at each
//! request, so a cached token lives no longer than another one.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use aws_lc_rs::digest;

use crate::AccessClaims;

/// Tokens in each of the two generations. About 20 MB in all if both are full.
const GENERATION_SIZE: usize = 10_000;

/// A verified token: its claims and the key that signed it.
#[derive(Debug, Clone)]
pub(crate) struct VerifiedToken {
    /// The key that signed; the entry counts only while identity publishes it.
    pub(crate) kid: Arc<str>,
    pub(crate) claims: Arc<AccessClaims>,
}

/// Caches verified tokens by their SHA-256. When the young generation is full it becomes the old
/// one, and tokens that were not used meanwhile are evicted.
///
/// Hashes, not tokens, are the keys: a memory dump shows no token from here. Two generations make
/// an LRU without a list: constant cost, bounded size.
#[derive(Debug, Default)]
pub(crate) struct TokenCache(Mutex<Generations>);

/// A token is in one of both, or in none.
#[derive(Debug, Default)]
struct Generations {
    /// Used since the last change of generation.
    young: HashMap<[u8; 32], VerifiedToken>,
    /// Not used since; dropped at the next change.
    old: HashMap<[u8; 32], VerifiedToken>,
}

impl TokenCache {
    /// What was verified before. A hit in the old generation moves the token to the young one.
    pub(crate) fn get(&self, token: &str) -> Option<VerifiedToken> {
        let hash = hash(token);
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = generations.young.get(&hash) {
            return Some(found.clone());
        }
        let found = generations.old.remove(&hash)?;
        generations.insert(hash, found.clone());
        Some(found)
    }

    /// Remembers a token whose signature was just verified, and never one whose was not.
    pub(crate) fn insert(&self, token: &str, verified: VerifiedToken) {
        let hash = hash(token);
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        generations.insert(hash, verified);
    }
}

impl Generations {
    /// Into the young generation, after a change of generation if that is full.
    fn insert(&mut self, hash: [u8; 32], verified: VerifiedToken) {
        if self.young.len() >= GENERATION_SIZE {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(hash, verified);
    }
}

/// SHA-256 of the whole token, signature included: a token with another signature is another token.
fn hash(token: &str) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, token.as_bytes()).as_ref());
    hash
}
