//! Limits the concurrent requests of each caller. A minute's quota may come in one second and
//! would otherwise take all connections to the database.
//!
//! Two at once are enough for a person and for a program that waits for answers; more would let one
//! caller hold the connections that all need.

use std::{
    collections::HashMap,
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use problem::{Problem, types};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A request that waited so long for a permit is refused.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// A semaphore for each caller with requests in flight.
///
/// Counted per process. Callers without requests take no memory.
#[derive(Debug, Clone)]
pub(crate) struct ConcurrencyLimit {
    max_concurrent: NonZeroUsize,
    /// [`ACQUIRE_TIMEOUT`], or shorter in tests.
    acquire_timeout: Duration,
    callers: Arc<Mutex<HashMap<String, Arc<Semaphore>>>>,
}

/// The permit of one request, until it is dropped.
///
/// It lives in the request's extensions and so ends with the request, also when the client hangs
/// up.
#[derive(Debug)]
pub(crate) struct Permit {
    caller: String,
    limit: ConcurrencyLimit,
    /// Released in `drop` before the caller's semaphore is removed.
    permit: Option<OwnedSemaphorePermit>,
}

impl ConcurrencyLimit {
    /// The same number for every caller.
    pub(crate) fn new(max_concurrent: NonZeroUsize) -> Self {
        Self { max_concurrent, acquire_timeout: ACQUIRE_TIMEOUT, callers: Arc::default() }
    }

    /// Waits for a permit.
    ///
    /// Waiters are served in their order (Tokio's semaphore is fair).
    ///
    /// # Errors
    /// None is free within five seconds.
    pub(crate) async fn acquire(&self, caller: &str) -> Result<Permit, Problem> {
        let free = {
            let mut callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
            let new = || Arc::new(Semaphore::new(self.max_concurrent.get()));
            Arc::clone(callers.entry(caller.to_owned()).or_insert_with(new))
        };
        let mut acquired = Permit { caller: caller.to_owned(), limit: self.clone(), permit: None };
        match tokio::time::timeout(self.acquire_timeout, free.acquire_owned()).await {
            Ok(Ok(permit)) => {
                acquired.permit = Some(permit);
                Ok(acquired)
            }
            // The semaphore is never closed, so this is the timeout.
            _ => Err(Problem::new(&types::RATE_LIMITED)
                .detail(format!("At most {} requests of one caller at once.", self.max_concurrent))
                .retry_after(1)),
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.permit = None;
        let mut callers = self.limit.callers.lock().unwrap_or_else(PoisonError::into_inner);
        // Waiting requests and permits hold a reference too.
        if callers.get(&self.caller).is_some_and(|free| Arc::strong_count(free) == 1) {
            callers.remove(&self.caller);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(limit: &ConcurrencyLimit) -> usize {
        limit.callers.lock().unwrap().len()
    }

    #[tokio::test]
    async fn one_callers_requests_wait_and_others_do_not() {
        let mut limit = ConcurrencyLimit::new(NonZeroUsize::new(2).unwrap());
        let (first, second) =
            (limit.acquire("a").await.unwrap(), limit.acquire("a").await.unwrap());
        let other = limit.acquire("b").await.unwrap();
        let waiting = tokio::spawn({
            let limit = limit.clone();
            async move { limit.acquire("a").await }
        });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        drop(first);
        let third = waiting.await.unwrap().unwrap();
        limit.acquire_timeout = Duration::from_millis(1);
        let refused = limit.acquire("a").await.unwrap_err();
        assert_eq!(refused.kind().status, 429);
        assert_eq!(known(&limit), 2);
        drop((second, third, other));
        assert_eq!(known(&limit), 0, "an idle caller takes no memory");
    }
}
