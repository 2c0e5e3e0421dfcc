//! Finished answers, kept for a moment: many ask the same when seats become free.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use jiff::{SignedDuration, Timestamp};

use crate::cached_body::CachedBody;

/// For how long a response is reused.
const TTL: SignedDuration = SignedDuration::from_millis(250);

/// The cache's size. Callers choose the keys, so it must be bounded.
const MAX_CACHE_BYTES: usize = 8 << 20;

/// The longest cached query: callers choose the keys.
const MAX_KEY_BYTES: usize = 4_096;

/// Responses by their canonical query.
#[derive(Debug, Default)]
pub(super) struct ResponseCache(RwLock<CacheEntries>);

#[derive(Debug, Default)]
struct CacheEntries {
    answers: HashMap<String, CachedResponse>,
    /// How many bytes they take together.
    bytes: usize,
}

#[derive(Debug)]
struct CachedResponse {
    answer: CachedBody,
    /// Of which occupancy and catalogue.
    state: (u64, usize),
    at: Timestamp,
}

impl CachedResponse {
    fn is_young(&self, now: Timestamp) -> bool {
        let age = now.duration_since(self.at);
        SignedDuration::ZERO <= age && age < TTL
    }
}

impl ResponseCache {
    /// A fresh response for the same occupancy and catalogue.
    pub fn get(&self, key: &str, state: (u64, usize), now: Timestamp) -> Option<CachedBody> {
        let entries = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let finished = entries.answers.get(key)?;
        (finished.state == state && finished.is_young(now)).then(|| finished.answer.clone())
    }

    pub fn insert(&self, key: &str, state: (u64, usize), at: Timestamp, answer: &CachedBody) {
        if key.len() > MAX_KEY_BYTES {
            return;
        }
        let bytes = weight(key, answer);
        let mut entries = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if entries.bytes + bytes > MAX_CACHE_BYTES {
            entries.evict_expired(at);
        }
        if entries.bytes + bytes > MAX_CACHE_BYTES {
            *entries = CacheEntries::default();
        }
        let finished = CachedResponse { answer: answer.clone(), state, at };
        let before = entries.answers.insert(key.to_owned(), finished);
        let freed = before.map_or(0, |before| weight(key, &before.answer));
        entries.bytes = entries.bytes + bytes - freed;
    }

    /// Evicts expired responses.
    pub fn evict_expired(&self, now: Timestamp) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).evict_expired(now);
    }
}

impl CacheEntries {
    fn evict_expired(&mut self, now: Timestamp) {
        self.answers.retain(|_, finished| finished.is_young(now));
        self.answers.shrink_to(64);
        self.bytes = self.answers.iter().map(|(key, finished)| weight(key, &finished.answer)).sum();
    }
}

/// The body, as much again for its compressed form, and the question.
fn weight(key: &str, answer: &CachedBody) -> usize {
    key.len() + 2 * answer.body.len()
}

/// What names a set: said twice it says nothing more. Anything else that is said twice is another
/// question, which is mostly refused.
const SET: &str = "location=";

/// The same for questions that differ only in the order of their parameters, and in how often they name
/// a location.
pub(super) fn canonical(question: &str) -> String {
    let Some((path, parameters)) = question.split_once('?') else {
        return question.to_owned();
    };
    let mut parameters: Vec<_> = parameters.split('&').filter(|part| !part.is_empty()).collect();
    parameters.sort_unstable();
    parameters.dedup_by(|again, before| again == before && again.starts_with(SET));
    format!("{path}?{}", parameters.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_for_a_moment_unless_the_question_is_endless() {
        let (answers, at) = (ResponseCache::default(), Timestamp::UNIX_EPOCH);
        let (usual, endless) = ("?service=a", "x".repeat(MAX_KEY_BYTES + 1));
        let answer = CachedBody::json(&"free");
        for key in [usual, &endless] {
            answers.insert(key, (1, 1), at, &answer);
        }
        assert_eq!(answers.get(usual, (1, 1), at), Some(answer));
        assert_eq!(answers.get(usual, (2, 1), at), None, "something changed");
        assert_eq!(answers.get(usual, (1, 1), at + TTL), None, "too old");
        assert_eq!(answers.get(&endless, (1, 1), at), None);
        answers.evict_expired(at + TTL);
        assert_eq!(answers.0.read().unwrap().bytes, 0);
    }

    #[test]
    fn ten_thousand_different_questions_take_no_more_than_the_budget() {
        let (answers, at) = (ResponseCache::default(), Timestamp::UNIX_EPOCH);
        let answer = CachedBody::json(&"x".repeat(10_000));
        for number in 0..10_000 {
            answers.insert(&format!("?people={number}"), (1, 1), at, &answer);
            assert!(answers.0.read().unwrap().bytes <= MAX_CACHE_BYTES);
        }
        assert_eq!(answers.get("?people=9999", (1, 1), at), Some(answer));
    }

    #[test]
    fn the_order_of_parameters_makes_no_other_question_nor_does_a_location_that_is_named_twice() {
        assert_eq!(canonical("/v1/x?b=2&a=1&&"), "/v1/x?a=1&b=2");
        let (odd, plain) = ("location=b&a=1&location=a&location=b", "a=1&location=a&location=b");
        assert_eq!(canonical(&format!("/v1/x?{odd}")), format!("/v1/x?{plain}"));
        let twice = "/v1/x?service=a&service=a";
        assert_eq!(canonical(twice), twice, "a visit that is refused");
        assert_eq!(canonical("/v1/x"), "/v1/x");
    }
}
