//! Availability, answered from memory.
//!
//! Every process keeps a replica of the occupancy that follows the holds' change feed
//! ([`Availability::follow`]), and the day plans of the present catalogue. An answer is at most a
//! second old: a quarter until the feed is read (half a second while nothing changes), a quarter that
//! a finished answer is reused, the rest for the way. It is no promise: the hold decides.

mod answers;
mod free;
mod plans;
mod query;
mod replica;
mod response_cache;

use std::{sync::Arc, time::Duration};

use ambient::{Clock, berlin};
use arc_swap::ArcSwap;
use booking::{
    LocalDay,
    capacity::{DayOccupancy, Offer},
};
use calendar::DayPlan;
use catalogue::Catalogue;
use ids::{LocationId, Pseudonym};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use tokio::time::Instant;

pub use answers::{FreeDay, FreeDays, FreeLocation, FreeSlot};
pub use query::{AvailabilityError, LONGEST_RANGE_DAYS, VisitQuery};

use self::{
    free::Visits,
    plans::Plans,
    query::range,
    replica::Replica,
    response_cache::{ResponseCache, canonical},
};
use crate::{
    cached_body::CachedBody,
    holds::{Holds, HoldsError},
};

/// How often the change feed is read.
const PERIOD: Duration = Duration::from_millis(250);
/// How often it is read while nothing changes.
const QUIET_PERIOD: Duration = Duration::from_millis(500);
/// Nothing changes if nothing has changed for so long.
const QUIET_AFTER: Duration = Duration::from_secs(10);

/// What is free at one authority.
#[derive(Debug)]
pub struct Availability {
    catalogue: Arc<ArcSwap<Catalogue>>,
    holds: Holds,
    clock: Arc<dyn Clock>,
    berlin: TimeZone,
    replica: Replica,
    plans: Plans,
    answers: ResponseCache,
}

impl Availability {
    /// Knows nothing until [`refresh`](Self::refresh) or [`follow`](Self::follow) has run.
    #[must_use]
    pub fn new(catalogue: Arc<ArcSwap<Catalogue>>, holds: Holds, clock: Arc<dyn Clock>) -> Self {
        Self {
            catalogue,
            holds,
            clock,
            berlin: berlin(),
            replica: Replica::default(),
            plans: Plans::default(),
            answers: ResponseCache::default(),
        }
    }

    /// Reads the change feed until `shutdown`.
    pub async fn follow(&self, shutdown: telemetry::Shutdown) {
        let (mut following, mut changed) = (true, Instant::now());
        loop {
            let generation = self.replica.generation();
            match self.refresh().await {
                Ok(()) if following => {}
                Ok(()) => tracing::info!("availability follows the change feed of the holds again"),
                Err(error) if following => {
                    tracing::warn!(%error, "cannot read the change feed of the holds; availability shows the last known occupancy");
                }
                Err(_) => {}
            }
            following = self.replica.is_current();
            if !following || self.replica.generation() != generation {
                changed = Instant::now();
            }
            let period = if changed.elapsed() < QUIET_AFTER { PERIOD } else { QUIET_PERIOD };
            tokio::select! {
                () = shutdown.triggered() => return,
                () = tokio::time::sleep(period) => {}
            }
        }
    }

    /// Reads the change feed once.
    ///
    /// # Errors
    /// The holds are not available; what was known stays.
    pub async fn refresh(&self) -> Result<(), HoldsError> {
        let now = self.clock.now();
        self.replica.refresh(&self.holds, now).await?;
        self.replica.evict_before(self.local_date(now));
        self.answers.evict_expired(now);
        Ok(())
    }

    /// Whether the occupancy was read at least once: before that nothing can be answered.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        self.replica.generation() > 0
    }

    /// The plan of a day, or `None` if there is no such location.
    #[must_use]
    pub fn day_plan(&self, location: &LocationId, date: Date) -> Option<Arc<DayPlan>> {
        self.plans.get(&self.catalogue.load(), location, date)
    }

    /// What is taken on a day, as far as this process has read.
    #[must_use]
    pub fn taken(&self, location: &LocationId, date: Date) -> DayOccupancy {
        self.replica.read_day(location, date, |day| day.taken.clone())
    }

    /// Whether no desk of any of these offers has been free for a while, so that the holds need not
    /// be asked. Not if the person holds a seat of the day: that may be this one.
    #[must_use]
    pub fn is_full(&self, day: &LocalDay, offers: &[Offer], person: Pseudonym) -> bool {
        self.replica.is_full(day, offers, person, self.clock.now())
    }

    /// On which days something is free, and which are closed.
    ///
    /// # Errors
    /// The query asks for something that is not offered, or nothing is known yet.
    pub fn days(
        &self,
        query: &VisitQuery,
        from: Date,
        to: Date,
    ) -> Result<FreeDays, AvailabilityError> {
        let now = self.clock.now();
        let (from, to) = range(from, to, self.local_date(now))?;
        self.search(query, now, |visits| visits.days(from, to))
    }

    /// What is free on one local day, by start, then by location.
    ///
    /// # Errors
    /// The query asks for something that is not offered, or nothing is known yet.
    pub fn slots(
        &self,
        query: &VisitQuery,
        date: Date,
    ) -> Result<Vec<FreeSlot>, AvailabilityError> {
        self.search(query, self.clock.now(), |visits| visits.slots(date))
    }

    /// What is free first, if anything is.
    ///
    /// # Errors
    /// The query asks for something that is not offered, or nothing is known yet.
    pub fn earliest(&self, query: &VisitQuery) -> Result<Option<FreeSlot>, AvailabilityError> {
        self.search(query, self.clock.now(), |visits| visits.earliest())
    }

    fn search<T>(
        &self,
        query: &VisitQuery,
        now: Timestamp,
        look: impl FnOnce(&Visits<'_>) -> T,
    ) -> Result<T, AvailabilityError> {
        if !self.is_loaded() {
            return Err(AvailabilityError::NotLoaded);
        }
        let catalogue = self.catalogue.load();
        Ok(look(&Visits::new(self, &catalogue, query, self.local_date(now), now)?))
    }

    /// The answer that was given a moment ago to the same question, in whatever order of its
    /// parameters, or the one that `work_out` makes. Whatever decides the answer must be in `asked`.
    ///
    /// # Errors
    /// Those of `work_out`; they are not kept.
    pub fn recently<E>(
        &self,
        asked: &str,
        work_out: impl FnOnce() -> Result<CachedBody, E>,
    ) -> Result<CachedBody, E> {
        let asked = &canonical(asked);
        let now = self.clock.now();
        let state = (self.replica.generation(), Arc::as_ptr(&self.catalogue.load()) as usize);
        if let Some(answer) = self.answers.get(asked, state, now) {
            return Ok(answer);
        }
        let answer = work_out()?;
        self.answers.insert(asked, state, now, &answer);
        Ok(answer)
    }

    fn local_date(&self, instant: Timestamp) -> Date {
        instant.to_zoned_datetime(self.berlin.clone()).date()
    }
}
