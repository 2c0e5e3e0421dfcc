//! What the running task works for, for whatever it logs, stores and asks meanwhile.
//!
//! A task-local value, and not a span of `tracing`: events, outgoing requests and log lines all
//! need the trace, and a span gives its fields to log lines only. It follows `await`s of one task
//! and ends at `spawn`, so work that is spawned on behalf of a request is wrapped in [`carry`].

use actix_web::http::header::HeaderValue;

use crate::trace::TraceContext;

tokio::task_local! {
    static CURRENT: Current;
}

/// What a task works for.
#[derive(Debug, Clone)]
pub(crate) struct Current {
    /// The request that it answers, unless it handles an event.
    pub request: Option<Request>,
    /// Always there: a request or event without one begins one.
    pub trace: TraceContext,
}

/// What log lines say of a request. Nothing in it needs escaping.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// 1 to 64 letters, digits or hyphens.
    pub id: HeaderValue,
    /// One of those that we know, or `other`.
    pub method: &'static str,
}

impl Current {
    /// Runs `work` for this request or event. What `work` spawns is outside, see [`carry`].
    pub async fn scope<F: Future>(self, work: F) -> F::Output {
        CURRENT.scope(self, work).await
    }

    /// Looks at what this task works for, if it is known.
    ///
    /// `None` outside of any request or event, such as in a job.
    pub fn look<T>(look: impl FnOnce(&Self) -> T) -> Option<T> {
        CURRENT.try_with(look).ok()
    }
}

impl Request {
    /// Its id as text.
    pub fn id(&self) -> &str {
        self.id.to_str().unwrap_or_default()
    }
}

impl TraceContext {
    /// The trace of what this task works for: the request that it answers, or the event that it
    /// handles. `None` in jobs. `Event::new` and `libs/client` ask it.
    #[must_use]
    pub fn current() -> Option<Self> {
        Current::look(|current| current.trace)
    }

    /// Does `work` as part of this trace. Not so what it spawns: see [`carry`].
    ///
    /// For consumers of events, which have a trace and no request.
    pub async fn scope<F: Future>(self, work: F) -> F::Output {
        Current { request: None, trace: self }.scope(work).await
    }
}

/// Does `work` for the request or event that the caller works for, wherever it runs: for tasks that
/// are spawned.
///
/// Reads the task-local value when it is called and not when the future is first polled: call it
/// before `tokio::spawn`, in the task that has the request.
pub fn carry<F: Future>(work: F) -> impl Future<Output = F::Output> {
    let current = Current::look(Clone::clone);
    async move {
        match current {
            Some(current) => current.scope(work).await,
            None => work.await,
        }
    }
}
