//! Where what is to be written waits for the next transaction, so that those who come at once share it.
//!
//! A request puts what it wants written into the queue and waits for the outcome. A worker takes what
//! waits, writes it in one transaction and answers. When nothing else waits that is a transaction for
//! one, without delay; under load, what arrives while a transaction runs forms the next batch.
//!
//! Every wait has an end, whatever the database does: a transaction that does not end in time is
//! given up with its connection, and what waited too long is refused and not written any more.

use std::{sync::Arc, time::Duration};

use ::store::{Backend, Database, StoreError};
use tokio::{
    sync::{Mutex, mpsc, oneshot},
    time::{Instant, timeout, timeout_at},
};

use crate::store::StoreResult;

/// Most that is written in one transaction.
const LARGEST_BATCH: usize = 64;
/// As many may wait; more wait to be let in.
const QUEUE_CAPACITY: usize = 1024;
/// How often a transaction that met a deadlock is tried again.
const RETRIES: u32 = 3;
/// Each is answered within this time, written or refused.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(8);
/// In this time a transaction is written, or given up: twice within [`ANSWER_TIMEOUT`], for those who
/// come during one that is given up.
const TRANSACTION_TIMEOUT: Duration = Duration::from_millis(3_500);

/// The worker is gone: the process is about to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the service is stopping")]
pub struct Stopping;

/// Something that waits to be written, and who waits for its outcome.
#[derive(Debug)]
pub(super) struct Waiting<T, O> {
    /// What is to be written.
    pub item: T,
    answer: oneshot::Sender<O>,
}

impl<T, O> Waiting<T, O> {
    /// A cancelled request does not read it. What it wrote is there all the same, and found by repeating.
    pub(super) fn answer(self, outcome: O) {
        let _ = self.answer.send(outcome);
    }
}

/// The end at which requests come in.
#[derive(Debug)]
pub(super) struct WriteQueue<T, O>(mpsc::Sender<Waiting<T, O>>);

/// The end at which workers take what waits. Clones take from the same queue.
#[derive(Debug)]
pub(super) struct WaitingWrites<T, O>(Arc<Mutex<mpsc::Receiver<Waiting<T, O>>>>);

impl<T, O> Clone for WriteQueue<T, O> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T, O> Clone for WaitingWrites<T, O> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// Both ends of a new queue.
pub(super) fn write_queue<T, O>() -> (WriteQueue<T, O>, WaitingWrites<T, O>) {
    let (sender, receiver) = mpsc::channel(QUEUE_CAPACITY);
    (WriteQueue(sender), WaitingWrites(Arc::new(Mutex::new(receiver))))
}

impl<T, O> WriteQueue<T, O> {
    /// The outcome of writing it together with whatever else waits. `None`: there was none in time, and
    /// it is not written any more, unless that has begun.
    ///
    /// # Errors
    /// The process is about to end.
    pub(super) async fn outcome_of(&self, item: T) -> Result<Option<O>, Stopping> {
        let deadline = Instant::now() + ANSWER_TIMEOUT;
        let (answer, outcome) = oneshot::channel();
        match timeout_at(deadline, self.0.send(Waiting { item, answer })).await {
            Ok(sent) => sent.map_err(|_| Stopping)?,
            Err(_) => return Ok(None),
        }
        match timeout_at(deadline, outcome).await {
            Ok(outcome) => outcome.map(Some).map_err(|_| Stopping),
            Err(_) => Ok(None),
        }
    }
}

impl<T, O> WaitingWrites<T, O> {
    /// What waits, without what is not waited for any more; `None` once every queue is gone.
    pub(super) async fn next_batch(&self) -> Option<Vec<Waiting<T, O>>> {
        let mut waiting = self.0.lock().await;
        let mut batch = vec![waiting.recv().await?];
        while batch.len() < LARGEST_BATCH
            && let Ok(next) = waiting.try_recv()
        {
            batch.push(next);
        }
        batch.retain(|waiting| !waiting.answer.is_closed());
        Some(batch)
    }
}

/// Writes in one transaction, again if it met a deadlock: then the other transaction went through. Given
/// up in the middle, the transaction takes its connection along if that is silent.
pub(super) async fn written_in_time<T, Writing>(write: impl Fn() -> Writing) -> StoreResult<T>
where
    Writing: Future<Output = StoreResult<T>>,
{
    let written = async {
        for _ in 0..RETRIES {
            match write().await {
                Err(failure) if failure.is_busy() => {}
                outcome => return outcome,
            }
        }
        write().await
    };
    timeout(TRANSACTION_TIMEOUT, written).await.unwrap_or(Err(StoreError::TimedOut.into()))
}

/// How many workers a queue has. SQLite has one writer; two transactions on PostgreSQL keep both cores of
/// a small machine busy while the other waits for its commit.
pub fn write_workers(database: &Database) -> usize {
    match database.backend() {
        Backend::Sqlite => 1,
        Backend::Postgres => 2,
    }
}
