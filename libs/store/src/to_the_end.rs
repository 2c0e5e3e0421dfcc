//! Work that must not stop in the middle.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::runtime::Handle;

type Work<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Does the work for whoever waits for it. If they go away (a client hangs up, time is over), the
/// runtime brings it to its end, and its result is dropped. Holds nothing once it is done.
pub(crate) struct ToTheEnd<T: Send + 'static>(Option<Work<T>>);

impl<T: Send + 'static> ToTheEnd<T> {
    pub(crate) fn new(work: impl Future<Output = T> + Send + 'static) -> Self {
        Self(Some(Box::pin(work)))
    }
}

impl<T: Send + 'static> Future for ToTheEnd<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let Some(work) = &mut self.0 else { return Poll::Pending };
        let outcome = work.as_mut().poll(context);
        if outcome.is_ready() {
            self.0 = None;
        }
        outcome
    }
}

impl<T: Send + 'static> Drop for ToTheEnd<T> {
    fn drop(&mut self) {
        // Without a runtime the program ends, and its connections with it.
        if let (Some(work), Ok(runtime)) = (self.0.take(), Handle::try_current()) {
            runtime.spawn(async move { drop(work.await) });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{pin::pin, task::Waker};

    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn it_is_done_even_if_nobody_waits_any_more() {
        let (go, wait) = oneshot::channel::<()>();
        let (done, hear) = oneshot::channel();
        let mut work = Box::pin(ToTheEnd::new(async move {
            wait.await.unwrap();
            done.send("done").unwrap();
        }));
        assert!(work.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        drop(work);
        go.send(()).unwrap();
        assert_eq!(hear.await, Ok("done"));
    }

    #[tokio::test]
    async fn who_waits_gets_the_result() {
        assert_eq!(pin!(ToTheEnd::new(async { 7 })).await, 7);
    }
}
