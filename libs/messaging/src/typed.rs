//! Handlers whose message type is hidden, so that those of different kinds fit one map.

use std::marker::PhantomData;

use async_trait::async_trait;
use prost::{Message, Name};

use crate::{Event, Handler, HandlerError, RunHandler, UnitOfWork, handler::in_trace};

/// Has the effect of events of one kind that come one after the other.
#[async_trait]
pub(crate) trait Typed: Send + Sync {
    async fn handle_run<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        events: &[&Event],
    ) -> Result<(), HandlerError>;
}

/// Decodes each event's data for a handler. A message that does not decode is poison.
pub(crate) struct Decoding<H, M> {
    handler: H,
    message: PhantomData<fn() -> M>,
}

impl<H, M> Decoding<H, M> {
    pub(crate) fn of(handler: H) -> Self {
        Self { handler, message: PhantomData }
    }
}

#[async_trait]
impl<H: Handler<M>, M: Message + Name + Default> Typed for Decoding<H, M> {
    async fn handle_run<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        events: &[&Event],
    ) -> Result<(), HandlerError> {
        for event in events {
            let message = event.message::<M>()?;
            in_trace(event, self.handler.handle(unit, event, message)).await?;
        }
        Ok(())
    }
}

/// The same for a handler that takes them together.
pub(crate) struct DecodingRun<H, M> {
    handler: H,
    message: PhantomData<fn() -> M>,
}

impl<H, M> DecodingRun<H, M> {
    pub(crate) fn of(handler: H) -> Self {
        Self { handler, message: PhantomData }
    }
}

#[async_trait]
impl<H: RunHandler<M>, M: Message + Name + Default> Typed for DecodingRun<H, M> {
    async fn handle_run<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        events: &[&Event],
    ) -> Result<(), HandlerError> {
        let mut run = Vec::with_capacity(events.len());
        for event in events {
            run.push((*event, event.message::<M>()?));
        }
        self.handler.handle_run(unit, &run).await
    }
}
