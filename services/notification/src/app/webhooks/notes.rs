//! Notes what receivers have taken: of many attempts together.
//!
//! Whoever finds nobody at it notes for all who wait. So nobody waits for more to come, and under load as
//! many attempts are noted at once as ended during the time before.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ids::SubscriptionId;
use jiff::Timestamp;
use store::{Backend, Database};
use tokio::sync::{
    Mutex as TurnLock, Semaphore,
    oneshot::{self, error::TryRecvError},
};

use crate::store::webhooks::deliveries::{self, Leased};

/// What waits to be noted. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct Notes {
    database: Database,
    /// Limits who uses the database at the same time.
    database_turns: Arc<Semaphore>,
    waiting: Arc<Mutex<Vec<Note>>>,
    writing: Arc<TurnLock<()>>,
}

/// What an endpoint has taken.
#[derive(Debug)]
struct Note {
    subscription: SubscriptionId,
    leased: Vec<Leased>,
    /// Whether more waits for the endpoint.
    answer: oneshot::Sender<bool>,
}

impl Notes {
    pub(super) fn new(database: Database, database_turns: Arc<Semaphore>) -> Self {
        Self { database, database_turns, waiting: Arc::default(), writing: Arc::default() }
    }

    /// Notes that an endpoint has taken these. Whether more waits for it, due or not; `None` if they are not
    /// noted: the caller does that alone, so that no endpoint suffers from another.
    pub(super) async fn taken(
        &self,
        subscription: SubscriptionId,
        leased: &[Leased],
        now: Timestamp,
    ) -> Option<bool> {
        if self.database.backend() == Backend::Sqlite {
            return None;
        }
        let (answer, mut answered) = oneshot::channel();
        self.lock().push(Note { subscription, leased: leased.to_vec(), answer });
        let _writing = self.writing.lock().await;
        match answered.try_recv() {
            Ok(more) => return Some(more),
            // Somebody noted it along with others, and that failed.
            Err(TryRecvError::Closed) => return None,
            Err(TryRecvError::Empty) => {}
        }
        let _turn = self.database_turns.acquire().await;
        let notes = std::mem::take(&mut *self.lock());
        self.write(notes, now).await;
        answered.try_recv().ok()
    }

    async fn write(&self, notes: Vec<Note>, now: Timestamp) {
        let of = |note: &Note| {
            let subscription = note.subscription;
            note.leased.iter().map(move |one| (subscription, one.clone())).collect::<Vec<_>>()
        };
        let taken: Vec<_> = notes.iter().flat_map(of).collect();
        match deliveries::all_taken(self.database.connection(), taken, now).await {
            Ok(more) => {
                for Note { subscription, answer, .. } in notes {
                    // Nobody waits for the answer if its attempt was dropped.
                    let _ = answer.send(more.contains(&subscription));
                }
            }
            Err(error) => {
                tracing::debug!(%error, "what webhooks have taken cannot be noted together; each is noted alone");
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Note>> {
        // No code that can panic runs while the lock is held.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
