//! From recorded events to deliveries: one for each endpoint that wants an event.

use std::collections::BTreeMap;

use ids::{AuthorityId, SubscriptionId};
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

/// Events of one transaction, and deliveries, at most; an event has one for each endpoint.
const EVENTS: usize = 64;
const DELIVERIES: usize = 4_000;

/// Plans deliveries. Any number of processes may; for one authority they take turns.
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

    /// Plans the deliveries of some events of each authority, so that a flood of one delays itself;
    /// returns how many events.
    pub(crate) async fn pass(&self) -> Result<usize, StoreError> {
        let mut count = 0;
        for authority in events::unplanned_authorities(&self.webhooks.database).await? {
            count += self.plan_for(&authority).await?;
        }
        Ok(count)
    }

    async fn plan_for(&self, authority: &AuthorityId) -> Result<usize, StoreError> {
        let transaction = self.webhooks.database.begin().await?;
        let endpoints = subscriptions::count_of_authority(&transaction, authority).await?;
        let endpoints = usize::try_from(endpoints).unwrap_or(usize::MAX).max(1);
        let limit = (DELIVERIES / endpoints).clamp(1, EVENTS);
        let placed = events::take_unplanned(&transaction, authority, limit).await?;
        // Only now: a subscription that is older than an event gets it.
        let listening = subscriptions::of_authority(&transaction, authority).await?;
        let planned = self.plan(&placed, &listening);
        deliveries::plan(&transaction, &planned).await?;
        transaction.commit().await?;
        self.announce(&planned, &listening).await?;
        Ok(placed.len())
    }

    /// Says for whom something was planned. Batches that are full are due at once.
    async fn announce(
        &self,
        planned: &[NewDelivery],
        listening: &[Subscription],
    ) -> Result<(), StoreError> {
        let by_id: BTreeMap<_, _> = listening.iter().map(|each| (each.id, each)).collect();
        let of_active = || {
            let of = planned.iter().filter_map(|delivery| by_id.get(&delivery.subscription));
            of.filter(|subscription| subscription.pause.is_none())
        };
        let gathering = of_active().filter(|subscription| !subscription.health.is_troubled());
        let gathering: BTreeMap<_, _> = gathering
            .filter_map(|each| waits_for_others(each).map(|batching| (each.id, batching)))
            .collect();
        for (subscription, batching) in gathering {
            make_full_batches_due(&self.webhooks.database, subscription, batching).await?;
        }
        of_active().for_each(|subscription| self.ready.note(subscription));
        self.ready.tell();
        Ok(())
    }

    /// A delivery for each event of an authority and each endpoint with it that wants it.
    fn plan(&self, placed: &[Placed], listening: &[Subscription]) -> Vec<NewDelivery> {
        let now = self.webhooks.clock.now();
        let mut planned = Vec::new();
        for event in placed {
            let wants = |each: &&Subscription| each.wants(&event.published);
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
