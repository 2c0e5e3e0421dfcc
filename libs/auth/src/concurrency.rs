//! How many requests of one caller are answered at once; the others wait their turn. A minute's
//! quota may come in one second, and would otherwise have all connections to the database.

use std::{
    collections::HashMap,
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use problem::{Problem, types};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Who has waited so long is refused.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// The callers who are being answered now.
#[derive(Debug, Clone)]
pub(crate) struct ConcurrencyLimit {
    max_concurrent: NonZeroUsize,
    acquire_timeout: Duration,
    callers: Arc<Mutex<HashMap<String, Arc<Semaphore>>>>,
}

/// The right to be answered, until it is dropped.
#[derive(Debug)]
pub(crate) struct Permit {
    caller: String,
    limit: ConcurrencyLimit,
    /// Given back before the caller is looked at in `drop`.
    permit: Option<OwnedSemaphorePermit>,
}

impl ConcurrencyLimit {
    pub(crate) fn new(max_concurrent: NonZeroUsize) -> Self {
        Self { max_concurrent, acquire_timeout: ACQUIRE_TIMEOUT, callers: Arc::default() }
    }

    /// Waits for the caller's turn.
    ///
    /// # Errors
    /// It does not come in five seconds.
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
            // Nobody closes it, so this is the time that is over.
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
        // Whoever waits or is answered has it too.
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
    async fn one_caller_waits_for_itself_and_nobody_else_does() {
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
        assert_eq!(known(&limit), 0, "who is gone is forgotten");
    }
}
