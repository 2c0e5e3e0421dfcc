//! A transaction, its events, and what follows its commit.
//!
//! The one way in which a use case or a handler changes something. It keeps three things together
//! that fail separately when each caller repeats them: the transaction, the events in the outbox,
//! and what may only happen once the commit is certain.
//!
//! Not here: sending (the [`Relay`](crate::Relay)) and remembering handled events (the
//! [`Consumer`](crate::Consumer)).

use std::{fmt, pin::Pin};

use store::{Database, StoreError};

use crate::{Event, Transaction, Wake, store::Outbox};

/// What is done after the commit.
///
/// It borrows from the caller (`'a`), so a use case needs no clones of its stores for it.
type Effect<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Everything that belongs to one change: what is written and published together, and what follows
/// once that is certain.
///
/// ```ignore
/// let mut unit = UnitOfWork::begin(&database, &wake).await?;
/// bookings::insert(unit.transaction(), &booking).await?;
/// unit.publish(&event).await?;
/// unit.after_commit(async { holds.confirm(&hold).await });
/// unit.commit().await?;
/// ```
///
/// Dropped without a commit, nothing of it has happened: nothing is written, no event leaves, no
/// effect runs. With SQLite it holds the only connection: drop it before another one is needed.
pub struct UnitOfWork<'a> {
    /// Rolled back when dropped.
    transaction: Transaction,
    /// Woken after a commit with events.
    relay: &'a Wake,
    /// Whether there is anything to wake the relay for.
    has_events: bool,
    /// In the order in which they were added.
    effects: Vec<Effect<'a>>,
}

impl<'a> UnitOfWork<'a> {
    /// Begins a transaction. `relay` wakes the [`Relay`](crate::Relay) of its events.
    ///
    /// Nothing is locked yet, but on PostgreSQL the session is idle in its transaction from here
    /// on: work that waits for other services belongs before it. The server ends a transaction that
    /// is idle for 10 seconds (`libs/store`).
    ///
    /// # Errors
    /// No connection could be had, or the database is silent.
    pub async fn begin(database: &Database, relay: &'a Wake) -> Result<Self, StoreError> {
        let transaction = database.begin().await?;
        Ok(Self { transaction, relay, has_events: false, effects: Vec::new() })
    }

    /// To be passed on to functions in a `store/` folder.
    ///
    /// What was read before the transaction may have changed meanwhile, so conditions go into the
    /// statement (`WHERE state = ...`).
    #[must_use]
    pub fn transaction(&self) -> &Transaction {
        &self.transaction
    }

    /// Stores an event, which leaves if and only if the transaction is committed.
    ///
    /// For the order of events with the same subject, change the subject's row before: its lock
    /// puts concurrent transactions in the same order as their events.
    ///
    /// # Errors
    /// The statement fails; the transaction is then unusable.
    pub async fn publish(&mut self, event: &Event) -> Result<(), StoreError> {
        self.publish_all(std::slice::from_ref(event)).await
    }

    /// Stores several events with one statement.
    ///
    /// # Errors
    /// The statement fails; the transaction is then unusable.
    pub async fn publish_all(&mut self, events: &[Event]) -> Result<(), StoreError> {
        self.has_events |= !events.is_empty();
        Outbox::enqueue_all(&self.transaction, events).await
    }

    /// Adds an effect that runs after the commit, in the order of these calls. A failed effect does
    /// not undo the change and queues its own repair. If the process dies first, the effect is
    /// lost: a reconcile must find that too.
    ///
    /// Effects run one after the other in the caller's task. Dropping that task stops them between
    /// two awaits, so a use case whose effects must run to their end is run detached.
    pub fn after_commit(&mut self, effect: impl Future<Output = ()> + Send + 'a) {
        self.effects.push(Box::pin(effect));
    }

    /// Commits, wakes the relay if there are events, and has the effects.
    ///
    /// The relay is woken before the effects, so that events do not wait for a cache. If the
    /// connection breaks during the commit, the database may have committed: the caller answers
    /// "unavailable", and a repeated request finds out.
    ///
    /// # Errors
    /// The commit fails, or it is not known whether it succeeded; then there are no effects.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.transaction.commit().await?;
        if self.has_events {
            self.relay.wake();
        }
        for effect in self.effects {
            effect.await;
        }
        Ok(())
    }
}

impl fmt::Debug for UnitOfWork<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnitOfWork")
            .field("has_events", &self.has_events)
            .field("effects", &self.effects.len())
            .finish_non_exhaustive()
    }
}
