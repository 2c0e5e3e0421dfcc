//! Endpoints that have something to deliver, from the job that plans to the job that delivers.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ids::SubscriptionId;
use messaging::Wake;

use crate::webhook::subscription::{Owner, Subscription};

/// What is new for an endpoint.
#[derive(Debug, Clone)]
pub(crate) struct News {
    pub(crate) owner: Owner,
    /// How many deliveries were planned.
    pub(crate) count: usize,
    /// Whether its last attempt failed.
    pub(crate) is_troubled: bool,
}

/// A hint and no queue: the deliveries are in the database. Clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ready {
    news: Arc<Mutex<BTreeMap<SubscriptionId, News>>>,
    arrived: Wake,
}

impl Ready {
    /// Notes a delivery of an endpoint; [`Self::tell`] follows.
    pub(crate) fn note(&self, subscription: &Subscription) {
        let mut news = self.lock();
        let entry = news.entry(subscription.id).or_insert_with(|| News {
            owner: subscription.owner.clone(),
            count: 0,
            is_troubled: false,
        });
        entry.count += 1;
        entry.is_troubled = subscription.health.is_troubled();
    }

    /// Wakes the job that delivers.
    pub(crate) fn tell(&self) {
        self.arrived.wake();
    }

    /// What was noted since the last call.
    pub(crate) fn take(&self) -> BTreeMap<SubscriptionId, News> {
        std::mem::take(&mut *self.lock())
    }

    /// The signal that something was noted.
    pub(crate) fn arrived(&self) -> &Wake {
        &self.arrived
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<SubscriptionId, News>> {
        // No code that can panic runs while the lock is held.
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
