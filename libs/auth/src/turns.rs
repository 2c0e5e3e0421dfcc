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
const PATIENCE: Duration = Duration::from_secs(5);

/// The callers who are being answered now.
#[derive(Debug, Clone)]
pub(crate) struct Turns {
    at_once: NonZeroUsize,
    patience: Duration,
    callers: Arc<Mutex<HashMap<String, Arc<Semaphore>>>>,
}

/// The right to be answered, until it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    caller: String,
    turns: Turns,
    /// Given back before the caller is looked at in `drop`.
    permit: Option<OwnedSemaphorePermit>,
}

impl Turns {
    pub(crate) fn new(at_once: NonZeroUsize) -> Self {
        Self { at_once, patience: PATIENCE, callers: Arc::default() }
    }

    /// Waits for the caller's turn.
    ///
    /// # Errors
    /// It does not come in five seconds.
    pub(crate) async fn take(&self, caller: &str) -> Result<Turn, Problem> {
        let free = {
            let mut callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
            let new = || Arc::new(Semaphore::new(self.at_once.get()));
            Arc::clone(callers.entry(caller.to_owned()).or_insert_with(new))
        };
        let mut turn = Turn { caller: caller.to_owned(), turns: self.clone(), permit: None };
        match tokio::time::timeout(self.patience, free.acquire_owned()).await {
            Ok(Ok(permit)) => {
                turn.permit = Some(permit);
                Ok(turn)
            }
            // Nobody closes it, so this is the time that is over.
            _ => Err(Problem::new(&types::RATE_LIMITED)
                .detail(format!("At most {} requests of one caller at once.", self.at_once))
                .retry_after(1)),
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.permit = None;
        let mut callers = self.turns.callers.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever waits or is answered has it too.
        if callers.get(&self.caller).is_some_and(|free| Arc::strong_count(free) == 1) {
            callers.remove(&self.caller);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(turns: &Turns) -> usize {
        turns.callers.lock().unwrap().len()
    }

    #[tokio::test]
    async fn one_caller_waits_for_itself_and_nobody_else_does() {
        let mut turns = Turns::new(NonZeroUsize::new(2).unwrap());
        let (first, second) = (turns.take("a").await.unwrap(), turns.take("a").await.unwrap());
        let other = turns.take("b").await.unwrap();
        let waiting = tokio::spawn({
            let turns = turns.clone();
            async move { turns.take("a").await }
        });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        drop(first);
        let third = waiting.await.unwrap().unwrap();
        turns.patience = Duration::from_millis(1);
        let refused = turns.take("a").await.unwrap_err();
        assert_eq!(refused.kind().status, 429);
        assert_eq!(known(&turns), 2);
        drop((second, third, other));
        assert_eq!(known(&turns), 0, "who is gone is forgotten");
    }
}
