//! This process's replica of the occupancy.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use booking::{
    LocalDay,
    capacity::{DayOccupancy, Offer},
};
use ids::{LocationId, Pseudonym};
use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::holds::{Changes, DaySnapshot, Holds, HoldsError};

/// What was seen before counts once it is so old: by then a hold of the same person, taken at
/// another replica, has been read too.
const SETTLE_TIME: SignedDuration = SignedDuration::from_secs(2);

type Days = HashMap<LocationId, HashMap<Date, Day>>;

#[derive(Debug, Default)]
pub(super) struct Replica {
    state: RwLock<State>,
    /// Counts changes; 0 as long as nothing is known.
    generation: AtomicU64,
    current: AtomicBool,
}

#[derive(Debug, Default)]
struct State {
    changes: Option<Changes>,
    days: Days,
}

#[derive(Debug)]
struct Day {
    now: Arc<DaySnapshot>,
    /// How it was at an earlier moment, and at which.
    before: Option<(Timestamp, Arc<DaySnapshot>)>,
    since: Timestamp,
}

impl Day {
    /// Applies a newer snapshot. The previous one is kept once it is settled.
    fn follow(&mut self, snapshot: DaySnapshot, at: Timestamp) {
        let last = std::mem::replace(&mut self.now, Arc::new(snapshot));
        let is_settled = |seen: Timestamp| at.duration_since(seen) >= SETTLE_TIME;
        if self.before.is_none() || is_settled(self.since) {
            self.before = Some((self.since, last));
        }
        self.since = at;
    }

    /// Whether no desk of any of the offers has been free for a while.
    fn is_full(&self, offers: &[Offer], at: Timestamp) -> bool {
        let full = |day: &DaySnapshot| offers.iter().all(|offer| offer.free(&day.taken).is_empty());
        let is_settled = |seen: Timestamp| at.duration_since(seen) >= SETTLE_TIME;
        let was_full = match &self.before {
            _ if is_settled(self.since) => true,
            Some((seen, before)) if is_settled(*seen) => full(before),
            Some(_) | None => false,
        };
        was_full && full(&self.now)
    }
}

impl Replica {
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Whether the last attempt to read the feed succeeded.
    pub fn is_current(&self) -> bool {
        self.current.load(Ordering::Relaxed)
    }

    /// Reads the feed, by our clock at `now`.
    pub async fn refresh(&self, holds: &Holds, now: Timestamp) -> Result<(), HoldsError> {
        let outcome = self.try_refresh(holds, now).await;
        self.current.store(outcome.is_ok(), Ordering::Relaxed);
        outcome
    }

    async fn try_refresh(&self, holds: &Holds, now: Timestamp) -> Result<(), HoldsError> {
        let known = self.read().changes.clone();
        let mut changes = holds.changes(known.as_ref()).await?;
        let days = std::mem::take(&mut changes.days);
        let snapshots = holds.snapshots(&days).await?;
        let news = changes.complete || !days.is_empty();
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if changes.complete {
            state.days.clear();
        }
        for ((location, date), snapshot) in days.into_iter().zip(snapshots) {
            let of_location = state.days.entry(location).or_default();
            match of_location.get_mut(&date) {
                Some(day) => day.follow(snapshot, now),
                None => {
                    let day = Day { now: Arc::new(snapshot), before: None, since: now };
                    of_location.insert(date, day);
                }
            }
        }
        if changes.complete {
            state.days.shrink_to_fit();
        }
        state.changes = Some(changes);
        if news {
            self.generation.fetch_add(1, Ordering::Release);
        }
        Ok(())
    }

    /// Reads the occupancy of a day.
    pub fn read_day<T>(
        &self,
        location: &LocationId,
        date: Date,
        look: impl FnOnce(&DaySnapshot) -> T,
    ) -> T {
        let state = self.read();
        match state.days.get(location).and_then(|days| days.get(&date)) {
            Some(day) => look(&day.now),
            None => look(&DaySnapshot::default()),
        }
    }

    /// Whether no desk of any of the offers has been free for a while, and the person holds none of
    /// the day's seats.
    pub fn is_full(
        &self,
        day: &LocalDay,
        offers: &[Offer],
        person: Pseudonym,
        now: Timestamp,
    ) -> bool {
        let state = self.read();
        let known = state.days.get(&day.location).and_then(|days| days.get(&day.date));
        self.is_current()
            && known.is_some_and(|known| {
                known.is_full(offers, now) && known.now.holders.binary_search(&person).is_err()
            })
    }

    /// Evicts the days before `date`.
    pub fn evict_before(&self, date: Date) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        for days in state.days.values_mut() {
            days.retain(|day, _| *day >= date);
        }
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, State> {
        // A writer replaces whole days; a panic cannot leave one half written.
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Seats may be reserved for the desk itself: staff see them as free.
pub(super) fn for_staff(day: &DaySnapshot) -> DayOccupancy {
    let mut taken = day.taken.clone();
    for (span, desk) in &day.for_desk {
        taken.free(*span, *desk);
    }
    taken
}
