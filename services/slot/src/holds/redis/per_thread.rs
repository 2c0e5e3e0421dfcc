//! A value for each thread: a waiting task is then woken on the thread that answers the request.
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
    pub fn get(&self) -> Option<Arc<T>> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.get(&thread::current().id()).map(Arc::clone)
    }

    /// Sets this thread's.
    pub fn insert(&self, one: T) -> Arc<T> {
        let one = Arc::new(one);
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(thread::current().id(), Arc::clone(&one));
        one
    }

    /// Removes those that are not right.
    pub fn retain(&self, is_right: impl Fn(&T) -> bool) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, known| is_right(known));
    }

    /// Removes `one`, on any thread.
    pub fn remove(&self, one: &Arc<T>) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, known| !Arc::ptr_eq(known, one));
    }
}
