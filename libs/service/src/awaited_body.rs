//! Whether a request waits for its sender: a body that does not come is the sender's delay, not ours.

use std::{
    cell::Cell,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};

use actix_web::{
    HttpMessage as _,
    dev::{Payload, ServiceRequest},
    error::PayloadError,
    web::Bytes,
};
use futures_util::Stream;

/// Whether the rest of a body was asked for and has not come.
#[derive(Debug, Clone, Default)]
pub(crate) struct AwaitedBody(Rc<Cell<bool>>);

impl AwaitedBody {
    /// Watches the body of this request. One without a body is never waited for.
    pub(crate) fn of(request: &mut ServiceRequest) -> Self {
        let awaited = Self::default();
        match request.take_payload() {
            Payload::None => {}
            body => {
                let watched = Watched { body, awaited: awaited.clone() };
                request.set_payload(Payload::Stream { payload: Box::pin(watched) });
            }
        }
        awaited
    }

    pub(crate) fn is_missing(&self) -> bool {
        self.0.get()
    }
}

struct Watched {
    body: Payload,
    awaited: AwaitedBody,
}

impl Stream for Watched {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut self.body).poll_next(context);
        self.awaited.0.set(next.is_pending());
        next
    }
}
