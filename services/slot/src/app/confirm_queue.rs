//! Concurrent confirms share a transaction.
//!
//! A request puts its [`Confirmation`] into the queue and waits for the outcome. A worker
//! takes what waits, writes it in one transaction and answers. When nothing else waits
//! that is a transaction for one, without delay; under load, confirmations that arrive while a
//! transaction runs form the next batch.
//!
//! Every wait has an end, whatever the database does: a transaction that does not end in time is
//! given up with its connection, and a confirmation that waited too long is refused and not written
//! any more.

use std::{sync::Arc, time::Duration};

use ::store::{Database, StoreError};
use messaging::{UnitOfWork, Wake};
use tokio::{
    sync::{Mutex, mpsc, oneshot},
    time::{Instant, timeout, timeout_at},
};

use crate::store::{
    Failure, StoreResult,
    queries::{Confirmation, ConfirmationError, Obstacle},
};

/// Most confirms in one transaction.
const LARGEST_BATCH: usize = 64;
/// Confirms that may wait; more wait to be let in.
const QUEUE_CAPACITY: usize = 1024;
/// How often a transaction that met a deadlock is tried again.
const RETRIES: u32 = 3;
/// A confirm is answered within this time, written or refused.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(8);
/// In this time a transaction is written, or given up: twice within [`ANSWER_TIMEOUT`], for those who
/// come during one that is given up.
const TRANSACTION_TIMEOUT: Duration = Duration::from_millis(3_500);

type Outcome = Result<(), ConfirmationError>;

#[derive(Debug)]
struct QueuedConfirmation {
    confirmation: Confirmation,
    answer: oneshot::Sender<Outcome>,
}

/// Where confirms wait for the next transaction.
#[derive(Debug, Clone)]
pub struct ConfirmQueue(mpsc::Sender<QueuedConfirmation>);

/// Writes what waits in a [`ConfirmQueue`]. Clones work side by side.
#[derive(Debug, Clone)]
pub struct ConfirmWorker {
    waiting: Arc<Mutex<mpsc::Receiver<QueuedConfirmation>>>,
    database: Database,
    wake: Wake,
}

/// The worker is gone: the process is about to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the service is stopping")]
pub struct Stopping;

impl ConfirmQueue {
    /// A queue and its worker, which wakes the relay after each commit.
    #[must_use]
    pub fn new(database: Database, wake: Wake) -> (Self, ConfirmWorker) {
        let (sender, receiver) = mpsc::channel(QUEUE_CAPACITY);
        let waiting = Arc::new(Mutex::new(receiver));
        (Self(sender), ConfirmWorker { waiting, database, wake })
    }

    /// Writes the confirmation together with whatever else waits. Answers within eight seconds; if
    /// the database is silent, with [`StoreError::TimedOut`], and a repeat tells what became of it.
    ///
    /// # Errors
    /// The process is about to end.
    pub async fn commit(&self, confirmation: Confirmation) -> Result<Outcome, Stopping> {
        let deadline = Instant::now() + ANSWER_TIMEOUT;
        let (answer, outcome) = oneshot::channel();
        let waiting = QueuedConfirmation { confirmation, answer };
        match timeout_at(deadline, self.0.send(waiting)).await {
            Ok(sent) => sent.map_err(|_| Stopping)?,
            Err(_) => return Ok(Err(too_late())),
        }
        // A confirmation that times out here is not written any more, unless that has begun.
        match timeout_at(deadline, outcome).await {
            Ok(outcome) => outcome.map_err(|_| Stopping),
            Err(_) => Ok(Err(too_late())),
        }
    }
}

impl ConfirmWorker {
    /// Works until every [`ConfirmQueue`] is gone.
    pub async fn run(self) {
        loop {
            let Some(batch) = self.next_batch().await else { return };
            self.commit(batch).await;
        }
    }

    /// What waits.
    async fn next_batch(&self) -> Option<Vec<QueuedConfirmation>> {
        let mut waiting = self.waiting.lock().await;
        let mut batch = vec![waiting.recv().await?];
        while batch.len() < LARGEST_BATCH
            && let Ok(next) = waiting.try_recv()
        {
            batch.push(next);
        }
        Some(batch)
    }

    async fn commit(&self, mut batch: Vec<QueuedConfirmation>) {
        batch.retain(|waiting| !waiting.answer.is_closed());
        let all: Vec<_> = batch.iter().map(|waiting| &waiting.confirmation).collect();
        match self.commit_all(&all).await {
            Ok(outcomes) => {
                for (QueuedConfirmation { answer, .. }, outcome) in batch.into_iter().zip(outcomes)
                {
                    // A cancelled request has its booking all the same, and finds it by repeating.
                    let _ = answer.send(outcome.map_err(ConfirmationError::Refused));
                }
            }
            Err(failure) => {
                let failure = Arc::new(failure);
                for QueuedConfirmation { answer, .. } in batch {
                    let _ = answer.send(Err(ConfirmationError::Failed(Arc::clone(&failure))));
                }
            }
        }
    }

    /// Given up in the middle, the transaction takes its connection along if that is silent.
    async fn commit_all(&self, all: &[&Confirmation]) -> StoreResult<Vec<Result<(), Obstacle>>> {
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let written = self.commit_unless_deadlocked(all);
        timeout(TRANSACTION_TIMEOUT, written).await.unwrap_or(Err(StoreError::TimedOut.into()))
    }

    /// Tries again what met a deadlock: then the other transaction went through.
    async fn commit_unless_deadlocked(
        &self,
        all: &[&Confirmation],
    ) -> StoreResult<Vec<Result<(), Obstacle>>> {
        for _ in 0..RETRIES {
            match self.commit_once(all).await {
                Err(failure) if failure.is_busy() => {}
                outcome => return outcome,
            }
        }
        self.commit_once(all).await
    }

    async fn commit_once(&self, all: &[&Confirmation]) -> StoreResult<Vec<Result<(), Obstacle>>> {
        let mut unit = UnitOfWork::begin(&self.database, &self.wake).await?;
        let outcomes = Confirmation::insert_all(&mut unit, all).await?;
        unit.commit().await?;
        Ok(outcomes)
    }
}

fn too_late() -> ConfirmationError {
    Failure::from(StoreError::TimedOut).into()
}
