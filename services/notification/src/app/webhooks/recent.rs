//! Events that are being delivered: the same one goes to many endpoints, and is read once.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use store::{Database, StoreError};

use crate::store::webhooks::events::{self, Placed};

/// So many are kept, the newest.
const MOST: usize = 256;

/// By position. What was recorded never changes. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Recent(Arc<Mutex<BTreeMap<i64, Arc<Placed>>>>);

impl Recent {
    /// The events at these positions, which are in order, as far as there are any.
    pub(super) async fn at(
        &self,
        database: &Database,
        positions: &[i64],
    ) -> Result<Vec<Arc<Placed>>, StoreError> {
        let (mut found, unknown) = self.known(positions);
        if !unknown.is_empty() {
            let read = events::at(database.connection(), unknown).await?;
            let read: Vec<_> = read.into_iter().map(Arc::new).collect();
            self.keep(&read);
            found.extend(read);
            found.sort_by_key(|event| event.position);
        }
        Ok(found)
    }

    /// Those that are kept, and the positions of the others.
    fn known(&self, positions: &[i64]) -> (Vec<Arc<Placed>>, Vec<i64>) {
        let kept = self.lock();
        let (mut found, mut unknown) = (Vec::with_capacity(positions.len()), Vec::new());
        for position in positions {
            match kept.get(position) {
                Some(event) => found.push(Arc::clone(event)),
                None => unknown.push(*position),
            }
        }
        (found, unknown)
    }

    fn keep(&self, events: &[Arc<Placed>]) {
        let mut kept = self.lock();
        kept.extend(events.iter().map(|event| (event.position, Arc::clone(event))));
        while kept.len() > MOST {
            kept.pop_first();
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<i64, Arc<Placed>>> {
        // No code that can panic runs while the lock is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use ids::EventId;
    use serde_json::Value;

    use super::*;
    use crate::webhook::event::Published;

    fn event(position: i64) -> Arc<Placed> {
        let published = Published {
            kind: "booking.confirmed".to_owned(),
            authority: "lea".parse().unwrap(),
            services: Vec::new(),
            subject: String::new(),
            revision: None,
            body: Value::Null,
        };
        Arc::new(Placed { position, event: EventId::from_bits(1), published })
    }

    #[test]
    fn the_newest_are_kept_and_only_the_others_are_read() {
        let recent = Recent::default();
        let most = i64::try_from(MOST).unwrap();
        recent.keep(&(1..=most + 1).map(event).collect::<Vec<_>>());
        let (found, unknown) = recent.known(&[1, 2, most + 1, most + 2]);
        let found: Vec<_> = found.iter().map(|event| event.position).collect();
        assert_eq!((found, unknown), (vec![2, most + 1], vec![1, most + 2]));
    }
}
