//! A value for each thread: a waiting task is then woken on the thread that answers the request.
//! Waking another thread for every command costs more than the command.

use std::{
    collections::HashMap,
    sync::Arc,
    thread::{self, ThreadId},
};

use arc_swap::ArcSwap;

/// Each thread's own `T`. A program has few threads and they live as long as it does, so nothing
/// is taken away when one ends. All of them are replaced as a whole: that happens hardly ever, while each
/// hold reads them, and threads would wait for each other at a lock.
#[derive(Debug)]
pub(super) struct PerThread<T>(ArcSwap<Values<T>>);

type Values<T> = HashMap<ThreadId, Arc<T>>;

impl<T> Default for PerThread<T> {
    fn default() -> Self {
        Self(ArcSwap::from_pointee(Values::new()))
    }
}

impl<T> PerThread<T> {
    /// This thread's, if it has one.
    pub fn get(&self) -> Option<Arc<T>> {
        self.0.load().get(&thread::current().id()).map(Arc::clone)
    }

    /// Sets this thread's.
    pub fn insert(&self, one: T) -> Arc<T> {
        let (thread, one) = (thread::current().id(), Arc::new(one));
        self.0.rcu(|all| {
            let mut all = Values::clone(all);
            all.insert(thread, Arc::clone(&one));
            all
        });
        one
    }

    /// Removes those that are not right.
    pub fn retain(&self, is_right: impl Fn(&T) -> bool) {
        self.keep(|known| is_right(known));
    }

    /// Removes `one`, on any thread.
    pub fn remove(&self, one: &Arc<T>) {
        self.keep(|known| !Arc::ptr_eq(known, one));
    }

    fn keep(&self, is_kept: impl Fn(&Arc<T>) -> bool) {
        self.0.rcu(|all| {
            let mut all = Values::clone(all);
            all.retain(|_, known| is_kept(known));
            all
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thread_has_its_own_and_any_thread_removes_it() {
        let values = PerThread::<u8>::default();
        let ours = values.insert(1);
        thread::scope(|scope| {
            let theirs = scope.spawn(|| {
                assert_eq!(values.get(), None);
                values.insert(2);
                values.remove(&ours);
                values.get()
            });
            assert_eq!(theirs.join().unwrap().as_deref(), Some(&2));
        });
        assert_eq!(values.get(), None, "removed by the other thread");
        values.insert(3);
        values.retain(|value| *value > 2);
        assert_eq!(values.get().as_deref(), Some(&3));
    }
}
