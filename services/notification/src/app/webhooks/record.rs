//! Records an event and plans its deliveries.

use messaging::{Event, HandlerError, Transaction};

use crate::{
    store::webhooks::{deliveries, events, subscriptions},
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
