//! How soon a person may ask again for a seat that was taken.
//!
//! A seat that was given up returns at a random moment. A buyer who was told which seat it
//! is could still win it by asking for it all the time, since others must look through all that is
//! free. So each refusal makes the person wait longer before the next ask for the same time at the
//! same place, whatever start, service or endpoint it names: knowing a seat is then worth no more
//! than looking at all of them.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use ids::{LocationId, Pseudonym};
use jiff::{SignedDuration, Timestamp};

use crate::holds::RefusedAsk;

/// The wait after the first refusal. It doubles with each further one.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(1);
/// The longest wait.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_secs(60);
/// After so long without a refusal the back-off starts again.
const RESET_AFTER: SignedDuration = SignedDuration::from_mins(10);
/// People in memory. More than that in ten minutes are a flood, which the limits per address and per
/// person cut; then the oldest are evicted first.
const MAX_PEOPLE: usize = 200_000;
/// Places and times in memory for one person.
const MAX_ASKS_PER_PERSON: usize = 32;

/// The refused asks of the last minutes, of all replicas as far as they have been reported.
#[derive(Debug, Default)]
pub struct Asks(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    people: HashMap<Pseudonym, Vec<Refused>>,
    /// What was refused here since the last report.
    unreported: Vec<RefusedAsk>,
    /// What this process reported and has not read back yet.
    reported: HashSet<(Pseudonym, Timestamp, Timestamp)>,
}

#[derive(Debug, Clone)]
struct Refused {
    location: LocationId,
    start: Timestamp,
    end: Timestamp,
    count: u32,
    last: Timestamp,
}

impl Refused {
    fn overlaps(&self, location: &LocationId, start: Timestamp, end: Timestamp) -> bool {
        self.location == *location && self.start < end && start < self.end
    }

    fn may_ask_from(&self) -> Timestamp {
        let doublings = self.count.saturating_sub(1).min(16);
        let wait = (FIRST_WAIT * (1 << doublings)).min(LONGEST_WAIT);
        self.last.saturating_add(wait).unwrap_or(Timestamp::MAX)
    }

    fn is_forgotten(&self, now: Timestamp) -> bool {
        now.duration_since(self.last) >= RESET_AFTER
    }
}

impl Asks {
    /// From when on the person may ask for this time at this place; `None` if now.
    #[must_use]
    pub fn waits_until(
        &self,
        person: Pseudonym,
        location: &LocationId,
        (start, end): (Timestamp, Timestamp),
        now: Timestamp,
    ) -> Option<Timestamp> {
        let state = self.lock();
        let refused = state.people.get(&person)?.iter();
        refused
            .filter(|refused| refused.overlaps(location, start, end) && !refused.is_forgotten(now))
            .map(Refused::may_ask_from)
            .filter(|from| *from > now)
            .max()
    }

    /// Counts a refusal.
    pub fn refused(
        &self,
        person: Pseudonym,
        location: &LocationId,
        (start, end): (Timestamp, Timestamp),
        now: Timestamp,
    ) {
        let ask = RefusedAsk { person, location: location.clone(), start, end, count: 1, at: now };
        let mut state = self.lock();
        state.count(&ask, now);
        state.unreported.push(ask);
    }

    /// What was refused here since the last call, for the other replicas.
    #[must_use]
    pub fn take_unreported(&self) -> Vec<RefusedAsk> {
        let mut state = self.lock();
        let unreported = std::mem::take(&mut state.unreported);
        state.reported.extend(unreported.iter().map(key));
        unreported
    }

    /// Counts what other replicas reported. What this one reported is among it and was counted.
    pub fn learn(&self, reported: &[RefusedAsk], now: Timestamp) {
        let mut state = self.lock();
        for ask in reported {
            if !state.reported.remove(&key(ask)) {
                state.count(ask, now);
            }
        }
    }

    /// Forgets what is over.
    pub fn evict_expired(&self, now: Timestamp) {
        let mut state = self.lock();
        state.people.retain(|_, refused| {
            refused.retain(|refused| !refused.is_forgotten(now));
            !refused.is_empty()
        });
        state.reported.retain(|(_, _, at)| now.duration_since(*at) < RESET_AFTER);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(ask: &RefusedAsk) -> (Pseudonym, Timestamp, Timestamp) {
    (ask.person, ask.start, ask.at)
}

impl State {
    fn count(&mut self, ask: &RefusedAsk, now: Timestamp) {
        if self.people.len() >= MAX_PEOPLE && !self.people.contains_key(&ask.person) {
            return;
        }
        let of_person = self.people.entry(ask.person).or_default();
        of_person.retain(|refused| !refused.is_forgotten(now));
        // One entry for all asks that overlap each other: a chain of shifted asks waits as one.
        let mut merged = Refused {
            location: ask.location.clone(),
            start: ask.start,
            end: ask.end,
            count: ask.count,
            last: ask.at,
        };
        of_person.retain(|refused| {
            let overlaps = refused.overlaps(&ask.location, ask.start, ask.end);
            if overlaps {
                merged.start = merged.start.min(refused.start);
                merged.end = merged.end.max(refused.end);
                merged.count = merged.count.saturating_add(refused.count);
                merged.last = merged.last.max(refused.last);
            }
            !overlaps
        });
        of_person.push(merged);
        if of_person.len() > MAX_ASKS_PER_PERSON {
            of_person.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn person(number: u128) -> Pseudonym {
        Pseudonym::from_bits(number)
    }

    const SEAT: (i64, i64) = (36_000, 37_800);

    fn time((start, end): (i64, i64)) -> (Timestamp, Timestamp) {
        (at(start), at(end))
    }

    #[test]
    fn each_refusal_doubles_the_wait_for_what_overlaps_and_for_nothing_else() {
        let (asks, mitte) = (Asks::default(), "mitte".parse().unwrap());
        let waits = |span, now| asks.waits_until(person(1), &mitte, time(span), at(now));
        assert_eq!(waits(SEAT, 0), None);
        let mut now = 0;
        for wait in [1, 2, 4, 8, 16, 32, 60, 60] {
            asks.refused(person(1), &mitte, time(SEAT), at(now));
            assert_eq!(waits(SEAT, now), Some(at(now + wait)));
            now += wait;
            assert_eq!(waits(SEAT, now), None);
        }
        asks.refused(person(1), &mitte, time(SEAT), at(now));
        assert!(waits((37_700, 40_000), now).is_some(), "another start, the same desk time");
        assert_eq!(waits((37_800, 40_000), now), None, "the next seat is another matter");
        assert_eq!(asks.waits_until(person(2), &mitte, time(SEAT), at(now)), None);
        let pankow = "pankow".parse().unwrap();
        assert_eq!(asks.waits_until(person(1), &pankow, time(SEAT), at(now)), None);
        assert_eq!(waits(SEAT, now + 600), None, "forgotten");
    }

    #[test]
    fn shifted_asks_that_overlap_each_other_wait_as_one() {
        let (asks, mitte) = (Asks::default(), "mitte".parse().unwrap());
        asks.refused(person(1), &mitte, time((0, 1_800)), at(0));
        asks.refused(person(1), &mitte, time((1_700, 3_600)), at(1));
        assert_eq!(asks.waits_until(person(1), &mitte, time((0, 60)), at(1)), Some(at(3)));
    }

    #[test]
    fn what_other_replicas_report_counts_and_what_this_one_reported_counts_once() {
        let (here, there) = (Asks::default(), Asks::default());
        let mitte = "mitte".parse().unwrap();
        here.refused(person(1), &mitte, time(SEAT), at(0));
        let report = here.take_unreported();
        assert!(here.take_unreported().is_empty());
        for asks in [&here, &there] {
            asks.learn(&report, at(0));
            let until = asks.waits_until(person(1), &mitte, time(SEAT), at(0));
            assert_eq!(until, Some(at(1)));
        }
    }

    #[test]
    fn what_is_over_takes_no_memory() {
        let (asks, mitte) = (Asks::default(), "mitte".parse().unwrap());
        for number in 0..100 {
            asks.refused(person(number), &mitte, time(SEAT), at(0));
        }
        let _ = asks.take_unreported();
        asks.evict_expired(at(599));
        assert_eq!(asks.lock().people.len(), 100);
        asks.evict_expired(at(600));
        let state = asks.lock();
        assert!(state.people.is_empty() && state.reported.is_empty());
    }
}
