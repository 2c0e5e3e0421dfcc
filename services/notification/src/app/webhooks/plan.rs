//! From recorded events to deliveries: one for each endpoint that wants an event.

use std::collections::{BTreeMap, BTreeSet};

use ids::SubscriptionId;
use store::{Database, StoreError};

use super::{manage::Webhooks, ready::Ready};
use crate::{
    store::webhooks::{
        deliveries::{self, NewDelivery},
        events::{self, Placed},
        subscriptions,
    },
    webhook::{batch::Batching, subscription::Subscription},
};

/// Events of one pass, and so of one transaction.
const EVENTS: usize = 64;

/// Plans deliveries. Any number of processes may; they take turns.
#[derive(Debug, Clone)]
pub(crate) struct Planner {
    webhooks: Webhooks,
    ready: Ready,
}

impl Planner {
    /// A planner that says to `ready` for whom it planned something.
    pub(crate) fn new(webhooks: Webhooks, ready: Ready) -> Self {
        Self { webhooks, ready }
    }

    /// The signal that events were recorded.
    pub(crate) fn wake(&self) -> &messaging::Wake {
        &self.webhooks.wakes.recorded
    }

    /// Plans the deliveries of some events, oldest first; returns how many events.
    pub(crate) async fn pass(&self) -> Result<usize, StoreError> {
        let transaction = self.webhooks.database.begin().await?;
        let placed = events::take_unplanned(&transaction, EVENTS).await?;
        if placed.is_empty() {
            return Ok(0);
        }
        let authorities: BTreeSet<_> = placed.iter().map(|it| &it.published.authority).collect();
        let listening = subscriptions::of_authorities(&transaction, authorities).await?;
        let planned = self.plan(&placed, &listening);
        deliveries::plan(&transaction, &planned).await?;
        transaction.commit().await?;

        let by_id: BTreeMap<_, _> = listening.iter().map(|each| (each.id, each)).collect();
        let mut gathering = BTreeMap::new();
        for delivery in &planned {
            let Some(subscription) = by_id.get(&delivery.subscription) else { continue };
            let delivers = subscription.pause.is_none() && !subscription.health.is_troubled();
            if let Some(batching) = waits_for_others(subscription).filter(|_| delivers) {
                gathering.insert(subscription.id, batching);
            }
        }
        for (subscription, batching) in gathering {
            make_full_batches_due(&self.webhooks.database, subscription, batching).await?;
        }
        let of_active = planned.iter().filter_map(|delivery| by_id.get(&delivery.subscription));
        for subscription in of_active.filter(|subscription| subscription.pause.is_none()) {
            self.ready.note(subscription);
        }
        self.ready.tell();
        Ok(placed.len())
    }

    /// A delivery for each event and each endpoint that wants it.
    fn plan(&self, placed: &[Placed], listening: &[Subscription]) -> Vec<NewDelivery> {
        let now = self.webhooks.clock.now();
        let mut planned = Vec::new();
        for event in placed {
            let wants = |each: &&Subscription| {
                each.owner.authority == event.published.authority && each.wants(&event.published)
            };
            planned.extend(listening.iter().filter(wants).map(|each| {
                NewDelivery {
                    subscription: each.id,
                    position: event.position,
                    subject: event.published.subject.clone(),
                    due_at: waits_for_others(each)
                        .and_then(|batching| now.checked_add(batching.wait()).ok()),
                }
            }));
        }
        planned
    }
}

/// How events of this endpoint wait for a batch to fill, if they do.
fn waits_for_others(subscription: &Subscription) -> Option<Batching> {
    subscription.batching.filter(|batching| batching.max_seconds() > 0)
}

/// A batch that is full waits no longer.
async fn make_full_batches_due(
    database: &Database,
    subscription: SubscriptionId,
    batching: Batching,
) -> Result<(), StoreError> {
    let connection = database.connection();
    if deliveries::waiting(connection, subscription).await? >= u64::from(batching.max_events()) {
        deliveries::make_due(connection, subscription).await?;
    }
    Ok(())
}
