//! A cache of counted days.

use std::{collections::BTreeMap, sync::Arc};

use jiff::{SignedDuration, Timestamp, civil::Date};
use tokio::sync::Mutex;

use super::LocationDay;

/// For how long a counted day is reused: the desk may still correct yesterday.
const TTL: SignedDuration = SignedDuration::from_mins(15);

/// Counted days behind one lock: the database counts one day at a time, and each day at most once
/// in a quarter of an hour.
#[derive(Debug, Default)]
pub struct DayCache(Mutex<BTreeMap<Date, Counted>>);

/// When a day was counted, and its locations.
type Counted = (Timestamp, Arc<[LocationDay]>);

impl DayCache {
    /// The day, from the cache or from `count`. Days before `oldest` are evicted.
    ///
    /// # Errors
    /// Those of `count`.
    pub async fn day<E>(
        &self,
        date: Date,
        oldest: Date,
        now: Timestamp,
        count: impl Future<Output = Result<Vec<LocationDay>, E>>,
    ) -> Result<Arc<[LocationDay]>, E> {
        let mut days = self.0.lock().await;
        if let Some((at, day)) = days.get(&date)
            && now.duration_since(*at) < TTL
        {
            return Ok(Arc::clone(day));
        }
        let day: Arc<[_]> = count.await?.into();
        days.retain(|date, _| *date >= oldest);
        days.insert(date, (now, Arc::clone(&day)));
        Ok(day)
    }
}
