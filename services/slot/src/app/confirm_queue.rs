//! Concurrent confirms share a transaction: see [`super::write_queue`].

use std::sync::Arc;

use ::store::{Database, StoreError};
use messaging::{UnitOfWork, Wake};

use super::write_queue::{
    Stopping, Waiting, WaitingWrites, WriteQueue, write_queue, written_in_time,
};
use crate::store::{
    Failure, StoreResult,
    queries::{Confirmation, ConfirmationError, Obstacle},
};

type Outcome = Result<(), ConfirmationError>;

/// Where confirms wait for the next transaction.
#[derive(Debug, Clone)]
pub struct ConfirmQueue(WriteQueue<Confirmation, Outcome>);

/// Writes what waits in a [`ConfirmQueue`]. Clones work side by side.
#[derive(Debug, Clone)]
pub struct ConfirmWorker {
    waiting: WaitingWrites<Confirmation, Outcome>,
    database: Database,
    wake: Wake,
}

impl ConfirmQueue {
    /// A queue and its worker, which wakes the relay after each commit.
    #[must_use]
    pub fn new(database: Database, wake: Wake) -> (Self, ConfirmWorker) {
        let (queue, waiting) = write_queue();
        (Self(queue), ConfirmWorker { waiting, database, wake })
    }

    /// Writes the confirmation together with whatever else waits. Answers within eight seconds; if
    /// the database is silent, with [`StoreError::TimedOut`], and a repeat tells what became of it.
    ///
    /// # Errors
    /// The process is about to end.
    pub async fn commit(&self, confirmation: Confirmation) -> Result<Outcome, Stopping> {
        let outcome = self.0.outcome_of(confirmation).await?;
        Ok(outcome.unwrap_or_else(|| Err(Failure::from(StoreError::TimedOut).into())))
    }
}

impl ConfirmWorker {
    /// Works until every [`ConfirmQueue`] is gone.
    pub async fn run(self) {
        while let Some(batch) = self.waiting.next_batch().await {
            self.commit(batch).await;
        }
    }

    async fn commit(&self, batch: Vec<Waiting<Confirmation, Outcome>>) {
        let all: Vec<_> = batch.iter().map(|waiting| &waiting.item).collect();
        match self.commit_all(&all).await {
            Ok(outcomes) => {
                for (waiting, outcome) in batch.into_iter().zip(outcomes) {
                    waiting.answer(outcome.map_err(ConfirmationError::Refused));
                }
            }
            Err(failure) => {
                let failure = Arc::new(failure);
                for waiting in batch {
                    waiting.answer(Err(ConfirmationError::Failed(Arc::clone(&failure))));
                }
            }
        }
    }

    async fn commit_all(&self, all: &[&Confirmation]) -> StoreResult<Vec<Result<(), Obstacle>>> {
        if all.is_empty() {
            return Ok(Vec::new());
        }
        written_in_time(|| self.commit_once(all)).await
    }

    async fn commit_once(&self, all: &[&Confirmation]) -> StoreResult<Vec<Result<(), Obstacle>>> {
        let mut unit = UnitOfWork::begin(&self.database, &self.wake).await?;
        let outcomes = Confirmation::insert_all(&mut unit, all).await?;
        unit.commit().await?;
        Ok(outcomes)
    }
}
