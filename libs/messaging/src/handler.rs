//! What a service writes to have the effect of an event.

use std::error::Error;

use async_trait::async_trait;
use store::StoreError;

use crate::{Event, InvalidEvent, UnitOfWork};

/// What a service does when it hears of an event.
///
/// One file per event in a service's `bus/` folder. Events of one subject come in order unless one
/// had to be retried: where order matters, compare the event's time or the message's sequence
/// number with what is stored.
#[async_trait]
pub trait Handler<M>: Send + Sync {
    /// Has the effect, within the transaction of `unit`, which the consumer commits. Called again
    /// for the same event only if an earlier transaction was not committed, so effects outside it
    /// do not belong here: store a job row and let a job do them. What may be lost without harm,
    /// such as updating a cache, follows by [`UnitOfWork::after_commit`].
    ///
    /// `Ok` also for an event that is not this service's concern. An error rolls the transaction
    /// back, inbox row included.
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        message: M,
    ) -> Result<(), HandlerError>;
}

/// What a service does with events of one kind that come one after the other, where one statement
/// can store what many of them lead to.
#[async_trait]
pub trait RunHandler<M>: Send + Sync {
    /// Has the effect of the events, in their order, as [`Handler::handle`] has that of one. It is
    /// often one alone.
    async fn handle_run<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        run: &[(&Event, M)],
    ) -> Result<(), HandlerError>;
}

/// What a service does with each event, whatever its kind.
#[async_trait]
pub trait EveryHandler: Send + Sync {
    /// Has the effect of the events, in their order, as [`Handler::handle`] has that of one. They
    /// come together so that one statement can store them all.
    async fn handle_all<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        events: &[&Event],
    ) -> Result<(), HandlerError>;
}

/// Why a handler could not have its effect. The texts are for the operator and hold no personal
/// data.
///
/// A database error is a retry, an event that cannot be read is poison: both have a `From`, so
/// handlers use `?`.
#[derive(Debug, thiserror::Error)]
pub enum HandlerError {
    /// It may work later, for example because the database is busy. The event comes again after the
    /// queue's next pause.
    #[error("{0}")]
    Retry(#[source] Box<dyn Error + Send + Sync>),
    /// It can never work, for example because a field has an impossible value. The event becomes a
    /// dead letter at once, and its successors go on.
    #[error("{0}")]
    Poison(#[source] Box<dyn Error + Send + Sync>),
}

impl From<StoreError> for HandlerError {
    fn from(error: StoreError) -> Self {
        Self::Retry(Box::new(error))
    }
}

impl From<InvalidEvent> for HandlerError {
    fn from(error: InvalidEvent) -> Self {
        Self::Poison(Box::new(error))
    }
}

/// Does `work` as part of the trace to which the event belongs.
pub(crate) async fn in_trace<F: Future>(event: &Event, work: F) -> F::Output {
    match event.traceparent {
        Some(trace) => trace.scope(work).await,
        None => work.await,
    }
}
