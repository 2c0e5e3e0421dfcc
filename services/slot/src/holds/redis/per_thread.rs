//! One of a kind for each thread: what is waited for is then woken where the request is answered.
//! Waking another thread for every command costs more than the command.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    thread::{self, ThreadId},
};

/// Each thread's own `T`. A program has few threads and they live as long as it does, so nothing
/// is taken away when one ends.
#[derive(Debug)]
pub(super) struct PerThread<T>(RwLock<HashMap<ThreadId, Arc<T>>>);

impl<T> Default for PerThread<T> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<T> PerThread<T> {
    /// This thread's, if it has one.
    pub fn here(&self) -> Option<Arc<T>> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.get(&thread::current().id()).map(Arc::clone)
    }

    /// Gives this thread one.
    pub fn put(&self, one: T) -> Arc<T> {
        let one = Arc::new(one);
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(thread::current().id(), Arc::clone(&one));
        one
    }

    /// Takes away those that are not as they should be.
    pub fn keep(&self, is_right: impl Fn(&T) -> bool) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, known| is_right(known));
    }

    /// Takes `one` away from whichever thread has it.
    pub fn take_away(&self, one: &Arc<T>) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, known| !Arc::ptr_eq(known, one));
    }
}
