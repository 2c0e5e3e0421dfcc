//! Availability answers and their cache.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use ids::LocationId;
use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    LONGEST_RANGE_DAYS,
    free::{FreeStart, Visits},
};
use crate::cached_body::CachedBody;

/// For how long a response is reused.
const TTL: SignedDuration = SignedDuration::from_millis(250);

/// The cache's size. Callers choose the keys, so it must be bounded.
const MAX_CACHE_BYTES: usize = 8 << 20;

/// The longest cached query: callers choose the keys.
const MAX_KEY_BYTES: usize = 4_096;

/// On which days something is free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FreeDays)]
pub struct DaysView {
    /// Days with something free, earliest first.
    pub days: Vec<DayFree>,
}

/// A day with something free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FreeDay)]
pub struct DayFree {
    /// The local day.
    #[schema(value_type = String, format = Date, example = "2027-01-05")]
    pub date: Date,
    /// Free places, summed over the starts of the day: visits that overlap count each.
    pub free: u32,
    /// The same for each location that has any.
    pub locations: Vec<LocationFree>,
}

/// A location with something free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FreeLocation)]
pub struct LocationFree {
    /// Which.
    pub location: LocationId,
    /// Free places, summed over the starts of the day.
    pub free: u32,
}

/// What is free on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FreeSlots)]
pub struct SlotsView {
    /// By start, then by location.
    pub slots: Vec<SlotFree>,
}

/// What is free first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = EarliestSlot)]
pub struct EarliestView {
    /// `None` if nothing is free as far as one can see.
    #[schema(required)]
    pub slot: Option<SlotFree>,
}

/// A start at which something is free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FreeSlot)]
pub struct SlotFree {
    /// Where.
    pub location: LocationId,
    /// When the visit begins, RFC 3339 with Berlin's offset.
    #[schema(format = DateTime, example = "2027-01-05T09:00:00+01:00")]
    pub start: String,
    /// When it ends.
    #[schema(format = DateTime, example = "2027-01-05T09:10:00+01:00")]
    pub end: String,
    /// How many places are free.
    pub free: u32,
}

impl DaysView {
    pub(super) fn of(visits: &Visits<'_>, from: Date, to: Date) -> Self {
        let days = from.series(1.day()).take_while(|date| *date <= to).filter_map(|date| {
            let locations: Vec<_> = visits
                .needs
                .iter()
                .map(|(location, need)| LocationFree {
                    location: (*location).clone(),
                    free: visits.count(location, need, date),
                })
                .filter(|at| at.free > 0)
                .collect();
            let free = locations.iter().map(|at| at.free).sum();
            (free > 0).then_some(DayFree { date, free, locations })
        });
        Self { days: days.collect() }
    }
}

impl SlotsView {
    pub(super) fn of(visits: &Visits<'_>, date: Date) -> Self {
        let shown = visits.shown_until();
        if date < visits.today || date > shown {
            return Self { slots: Vec::new() };
        }
        let mut starts: Vec<_> = visits
            .needs
            .iter()
            .flat_map(|(location, need)| {
                visits.free_starts(location, need, date).into_iter().map(move |at| (at, *location))
            })
            .collect();
        starts.sort_by_key(|(at, location)| (at.starts_at, *location, at.ends_at));
        let berlin = visits.berlin();
        Self { slots: starts.iter().map(|(at, place)| SlotFree::of(at, place, berlin)).collect() }
    }
}

impl EarliestView {
    pub(super) fn of(visits: &Visits<'_>) -> Self {
        let until = visits.shown_until();
        let days = visits.today.series(1.day()).take_while(|date| *date <= until);
        let slot = days.into_iter().find_map(|date| {
            let firsts = visits.needs.iter().filter_map(|(location, need)| {
                Some((*visits.free_starts(location, need, date).first()?, *location))
            });
            firsts.min_by_key(|(at, location)| (at.starts_at, *location))
        });
        Self { slot: slot.map(|(at, location)| SlotFree::of(&at, location, visits.berlin())) }
    }
}

impl SlotFree {
    fn of(at: &FreeStart, location: &LocationId, berlin: &TimeZone) -> Self {
        let local = |at: Timestamp| at.display_with_offset(berlin.to_offset(at)).to_string();
        Self {
            location: location.clone(),
            start: local(at.starts_at),
            end: local(at.ends_at),
            free: at.free,
        }
    }
}

impl Visits<'_> {
    /// The last day that is shown.
    fn shown_until(&self) -> Date {
        self.today.saturating_add(LONGEST_RANGE_DAYS.days())
    }
}

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

/// The same for questions that differ only in the order of their parameters.
pub(super) fn canonical(question: &str) -> String {
    let Some((path, parameters)) = question.split_once('?') else {
        return question.to_owned();
    };
    let mut parameters: Vec<_> = parameters.split('&').filter(|part| !part.is_empty()).collect();
    parameters.sort_unstable();
    parameters.dedup();
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
    fn the_order_of_parameters_makes_no_other_question() {
        assert_eq!(canonical("/v1/x?b=2&a=1&&a=1"), "/v1/x?a=1&b=2");
        assert_eq!(canonical("/v1/x"), "/v1/x");
    }
}
