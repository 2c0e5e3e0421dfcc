//! People who enter at once share a transaction, as confirms do: see `app/write_queue.rs`.

use std::sync::Arc;

use ::store::{Database, StoreError};
use ambient::Clock;
use messaging::{UnitOfWork, Wake};

use crate::{
    app::{
        AppError,
        write_queue::{Waiting, WaitingWrites, WriteQueue, write_queue, written_in_time},
    },
    store::{Failure, StoreResult, draw_entries::PlainEntry},
};

/// Whether it was added; else something is in its way.
type Outcome = Result<bool, Arc<Failure>>;

/// Where entries wait for the next transaction.
#[derive(Debug, Clone)]
pub struct EntryQueue(WriteQueue<PlainEntry, Outcome>);

/// Writes what waits in an [`EntryQueue`]. Clones work side by side.
#[derive(Debug, Clone)]
pub struct EntryWorker {
    waiting: WaitingWrites<PlainEntry, Outcome>,
    database: Database,
    wake: Wake,
    clock: Arc<dyn Clock>,
}

impl EntryQueue {
    /// A queue and its worker.
    #[must_use]
    pub fn new(database: Database, wake: Wake, clock: Arc<dyn Clock>) -> (Self, EntryWorker) {
        let (queue, waiting) = write_queue();
        (Self(queue), EntryWorker { waiting, database, wake, clock })
    }

    /// Adds the entry together with whatever else waits. `false`: something is in its way, and nothing was
    /// written.
    ///
    /// # Errors
    /// The database failed or was silent: a repeat tells what became of it. Or the process is about to end.
    pub(super) async fn add(&self, entry: PlainEntry) -> Result<bool, AppError> {
        let outcome = self.0.outcome_of(entry).await;
        let outcome = outcome.map_err(|stopping| AppError::Unavailable(stopping.into()))?;
        let failure = match outcome {
            Some(Ok(is_added)) => return Ok(is_added),
            Some(Err(failure)) => failure,
            None => Arc::new(StoreError::TimedOut.into()),
        };
        Err(match &*failure {
            Failure::Corrupt(_) => AppError::Internal(failure.into()),
            Failure::Database(_) | Failure::Store(_) => AppError::Unavailable(failure.into()),
        })
    }
}

impl EntryWorker {
    /// Works until every [`EntryQueue`] is gone.
    pub async fn run(self) {
        while let Some(batch) = self.waiting.next_batch().await {
            self.write(batch).await;
        }
    }

    async fn write(&self, batch: Vec<Waiting<PlainEntry, Outcome>>) {
        let all: Vec<_> = batch.iter().map(|waiting| &waiting.item).collect();
        match self.write_all(&all).await {
            Ok(outcomes) => {
                for (waiting, is_added) in batch.into_iter().zip(outcomes) {
                    waiting.answer(Ok(is_added));
                }
            }
            // What one of them broke says nothing about the others: each is decided by itself.
            Err(failure) if is_of_one(&failure) => {
                tracing::warn!(%failure, "people who enter at once cannot share a transaction now");
                for waiting in batch {
                    waiting.answer(Ok(false));
                }
            }
            Err(failure) => {
                let failure = Arc::new(failure);
                for waiting in batch {
                    waiting.answer(Err(Arc::clone(&failure)));
                }
            }
        }
    }

    async fn write_all(&self, all: &[&PlainEntry]) -> StoreResult<Vec<bool>> {
        if all.is_empty() {
            return Ok(Vec::new());
        }
        written_in_time(|| self.write_once(all)).await
    }

    async fn write_once(&self, all: &[&PlainEntry]) -> StoreResult<Vec<bool>> {
        let unit = UnitOfWork::begin(&self.database, &self.wake).await?;
        let outcomes = PlainEntry::insert_all(unit.transaction(), all, &*self.clock).await?;
        unit.commit().await?;
        Ok(outcomes)
    }
}

/// Whether it may be the fault of one of those who were written together. Not if the database is silent or
/// busy: more transactions would not help it.
fn is_of_one(failure: &Failure) -> bool {
    !failure.is_busy() && !matches!(failure, Failure::Store(StoreError::TimedOut))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_database_that_is_silent_answers_all_of_them() {
        assert!(!is_of_one(&StoreError::TimedOut.into()));
        assert!(is_of_one(&StoreError::RefusesConnections.into()));
    }
}
