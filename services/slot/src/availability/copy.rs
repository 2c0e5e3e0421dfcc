//! This process's copy of the occupancy.

use std::{
    collections::HashMap,
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use ambient::Clock;
use booking::capacity::DayOccupancy;
use ids::LocationId;
use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::holds::{Changes, DaySnapshot, Holds, HoldsError};

type Days = HashMap<LocationId, HashMap<Date, DaySnapshot>>;

#[derive(Debug, Default)]
pub(super) struct Copy {
    state: RwLock<State>,
    /// Counts changes; 0 as long as nothing is known.
    generation: AtomicU64,
    current: AtomicBool,
}

#[derive(Debug, Default)]
struct State {
    changes: Option<Changes>,
    days: Days,
    /// How far the clock that decides about expiry is ahead of ours.
    ahead: SignedDuration,
}

impl Copy {
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Whether the last attempt to read the feed succeeded.
    pub fn is_current(&self) -> bool {
        self.current.load(Ordering::Relaxed)
    }

    pub async fn refresh(&self, holds: &Holds, clock: &dyn Clock) -> Result<(), HoldsError> {
        let outcome = self.try_refresh(holds, clock).await;
        self.current.store(outcome.is_ok(), Ordering::Relaxed);
        outcome
    }

    async fn try_refresh(&self, holds: &Holds, clock: &dyn Clock) -> Result<(), HoldsError> {
        let known = self.read().changes.clone();
        let mut changes = holds.changes(known.as_ref()).await?;
        let ahead = changes.now.duration_since(clock.now());
        let days = std::mem::take(&mut changes.days);
        let snapshots = holds.snapshots(&days).await?;
        let news = changes.complete || !days.is_empty();
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if changes.complete {
            state.days.clear();
        }
        for ((location, date), snapshot) in days.into_iter().zip(snapshots) {
            state.days.entry(location).or_default().insert(date, snapshot);
        }
        state.ahead = ahead;
        state.changes = Some(changes);
        if news {
            self.generation.fetch_add(1, Ordering::Release);
        }
        Ok(())
    }

    /// Looks at what is taken on a day, at the instant `now` of our clock.
    pub fn look<T>(
        &self,
        location: &LocationId,
        date: Date,
        now: Timestamp,
        look: impl FnOnce(&DayOccupancy) -> T,
    ) -> T {
        let state = self.read();
        match state.days.get(location).and_then(|days| days.get(&date)) {
            Some(day) => look(&day.at(now.saturating_add(state.ahead).unwrap_or(now))),
            None => look(&DayOccupancy::default()),
        }
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, State> {
        // A writer replaces whole days; a panic cannot leave one half written.
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }
}
