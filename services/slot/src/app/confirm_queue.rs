//! Concurrent confirms share a transaction.
//!
//! Whoever confirms puts a [`Confirmation`] into the queue and waits for its own outcome. A worker
//! takes most of what waits, writes it in one transaction and answers. When nothing else waits
//! that is a transaction for one, without delay; under load, those who come while a transaction
//! runs make up the next.

use std::sync::Arc;

use ::store::Database;
use messaging::Wake;
use tokio::sync::{Mutex, mpsc, oneshot};

use crate::store::{
    Failure,
    queries::{Confirmation, ConfirmationError},
};

/// Most confirms in one transaction.
const LARGEST_BATCH: usize = 64;
/// Confirms that may wait; more wait to be let in.
const QUEUE: usize = 1024;
/// How often a transaction that met a deadlock is tried again.
const RETRIES: u32 = 3;

type Outcome = Result<(), ConfirmationError>;

#[derive(Debug)]
struct Waiting {
    confirmation: Confirmation,
    answer: oneshot::Sender<Outcome>,
}

/// Where confirms wait for the next transaction.
#[derive(Debug, Clone)]
pub struct ConfirmQueue(mpsc::Sender<Waiting>);

/// Writes what waits in a [`ConfirmQueue`]. Clones work side by side.
#[derive(Debug, Clone)]
pub struct ConfirmWorker {
    waiting: Arc<Mutex<mpsc::Receiver<Waiting>>>,
    database: Database,
    wake: Wake,
}

/// The worker is gone: the process is about to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the service is stopping")]
pub struct Stopping;

impl ConfirmQueue {
    /// A queue and its worker, which wakes the relay after each commit.
    pub fn new(database: Database, wake: Wake) -> (Self, ConfirmWorker) {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let waiting = Arc::new(Mutex::new(receiver));
        (Self(sender), ConfirmWorker { waiting, database, wake })
    }

    /// Writes the confirmation together with whatever else waits.
    pub async fn commit(&self, confirmation: Confirmation) -> Result<Outcome, Stopping> {
        let (answer, outcome) = oneshot::channel();
        let waiting = Waiting { confirmation, answer };
        self.0.send(waiting).await.map_err(|_| Stopping)?;
        outcome.await.map_err(|_| Stopping)
    }
}

impl ConfirmWorker {
    /// Works until every [`ConfirmQueue`] is gone.
    pub async fn run(self) {
        loop {
            let Some(batch) = self.next_batch().await else { return };
            self.commit(batch).await;
            self.wake.wake();
        }
    }

    /// What waits, or as much of it as makes a power of two: the database plans a statement once
    /// for each number of rows, and keeps few plans.
    async fn next_batch(&self) -> Option<Vec<Waiting>> {
        let mut waiting = self.waiting.lock().await;
        let mut batch = vec![waiting.recv().await?];
        let present = (1 + waiting.len()).min(LARGEST_BATCH);
        let size = 1 << present.ilog2();
        while batch.len() < size
            && let Ok(next) = waiting.try_recv()
        {
            batch.push(next);
        }
        Some(batch)
    }

    async fn commit(&self, batch: Vec<Waiting>) {
        let all: Vec<_> = batch.iter().map(|waiting| &waiting.confirmation).collect();
        let together = self.commit_once(&all).await;
        let alone = batch.len() == 1;
        for Waiting { confirmation, answer } in batch {
            let outcome = match &together {
                Ok(()) => Ok(()),
                // One of many stood in the way: each for itself, so that the others go through.
                Err(ConfirmationError::Refused(_)) if !alone => {
                    self.commit_alone(&confirmation).await
                }
                Err(ConfirmationError::Failed(cause)) if cause.is_busy() => {
                    self.commit_alone(&confirmation).await
                }
                Err(error) => Err(error.clone()),
            };
            // Who went away meanwhile has a booking all the same, and finds it by repeating.
            let _ = answer.send(outcome);
        }
    }

    async fn commit_alone(&self, confirmation: &Confirmation) -> Outcome {
        for _ in 0..RETRIES {
            match self.commit_once(&[confirmation]).await {
                Err(ConfirmationError::Failed(cause)) if cause.is_busy() => {}
                outcome => return outcome,
            }
        }
        self.commit_once(&[confirmation]).await
    }

    async fn commit_once(&self, all: &[&Confirmation]) -> Outcome {
        let transaction = self.database.begin().await.map_err(Failure::from)?;
        Confirmation::insert_all(&transaction, all).await?;
        transaction.commit().await.map_err(Failure::from)?;
        Ok(())
    }
}
