//! Records an event and plans its deliveries.

use messaging::{Event, HandlerError, Transaction};

use crate::{
    store::webhooks::{deliveries, events, subscriptions, subscriptions::Subscription},
    webhook::event::Published,
};

/// Stores the event and plans its deliveries, in the transaction in which it is consumed.
pub(crate) async fn record(transaction: &Transaction, event: &Event) -> Result<(), HandlerError> {
    let Some(published) = Published::of(event)? else { return Ok(()) };
    let position = events::add(transaction, event.id, &published, event.time).await?;
    for subscription in subscriptions::of_authority(transaction, &event.authority).await? {
        if subscription.wants(&published) {
            deliveries::plan(transaction, subscription.id, &[position]).await?;
        }
    }
    Ok(())
}

impl Subscription {
    /// Whether the event passes its filters.
    pub(super) fn wants(&self, published: &Published) -> bool {
        let kind = self.events.is_empty() || self.events.contains(&published.kind);
        let concerns = |wanted: &String| published.services.contains(wanted);
        // What concerns no known service is for everybody.
        let service = self.services.is_empty()
            || published.services.is_empty()
            || self.services.iter().any(concerns);
        kind && service
    }
}
