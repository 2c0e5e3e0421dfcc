//! Days that were counted a moment ago.

use std::{collections::BTreeMap, sync::Arc};

use jiff::{SignedDuration, Timestamp, civil::Date};
use tokio::sync::Mutex;

use super::LocationDay;

/// For how long a counted day is told again: the desk may still correct yesterday.
const KEPT_FOR: SignedDuration = SignedDuration::from_mins(15);

/// Counted days, and one turn at counting: however many ask at once, the database counts one day
/// at a time, and each day at most once in a quarter of an hour.
#[derive(Debug, Default)]
pub struct Kept(Mutex<BTreeMap<Date, Counted>>);

/// When it was counted, and each location.
type Counted = (Timestamp, Arc<[LocationDay]>);

impl Kept {
    /// The day, from what is kept or from `count`. Days before `oldest` are let go.
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
            && now.duration_since(*at) < KEPT_FOR
        {
            return Ok(Arc::clone(day));
        }
        let day: Arc<[_]> = count.await?.into();
        days.retain(|date, _| *date >= oldest);
        days.insert(date, (now, Arc::clone(&day)));
        Ok(day)
    }
}
