//! Work that must not stop in the middle.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::runtime::Handle;

type Work<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Does the work for whoever waits for it. If they go away after it has begun (a client hangs up,
/// time is over), the runtime brings it to its end, and its result is dropped.
pub(crate) struct ToTheEnd<T: Send + 'static> {
    /// `None` once it is done.
    work: Option<Work<T>>,
    has_begun: bool,
}

impl<T: Send + 'static> ToTheEnd<T> {
    pub(crate) fn new(work: impl Future<Output = T> + Send + 'static) -> Self {
        Self { work: Some(Box::pin(work)), has_begun: false }
    }
}

impl<T: Send + 'static> Future for ToTheEnd<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        self.has_begun = true;
        let Some(work) = &mut self.work else { return Poll::Pending };
        let outcome = work.as_mut().poll(context);
        if outcome.is_ready() {
            self.work = None;
        }
        outcome
    }
}

impl<T: Send + 'static> Drop for ToTheEnd<T> {
    fn drop(&mut self) {
        // Without a runtime the program ends, and its connections with it.
        if let (true, Some(work), Ok(runtime)) =
            (self.has_begun, self.work.take(), Handle::try_current())
        {
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
    async fn what_has_begun_is_done_even_if_nobody_waits_any_more() {
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
    async fn what_has_not_begun_is_not_done() {
        let (done, hear) = oneshot::channel();
        drop(ToTheEnd::new(async move { done.send(()).unwrap() }));
        assert!(hear.await.is_err());
    }

    #[tokio::test]
    async fn who_waits_gets_the_result() {
        assert_eq!(pin!(ToTheEnd::new(async { 7 })).await, 7);
    }
}
