//! Records events for agencies. Nothing is planned or sent here: what a commit of bookings costs does
//! not depend on how many agencies listen.

use std::collections::BTreeSet;

use messaging::{Event, HandlerError, Transaction};

use crate::{
    store::webhooks::events::{self, NewEvent},
    webhook::{event::Published, order::Latest},
};

/// Stores the events in the transaction in which they are consumed.
pub(crate) async fn record(
    transaction: &Transaction,
    arrived: &[&Event],
) -> Result<(), HandlerError> {
    let mut new = Vec::new();
    for event in arrived {
        if let Some(published) = Published::of(event)? {
            new.push((*event, published));
        }
    }
    if new.is_empty() {
        return Ok(());
    }
    let subjects: BTreeSet<_> = new.iter().map(|(event, _)| event.subject.as_str()).collect();
    let mut latest = events::latest(transaction, &subjects).await?;
    let mut rows = Vec::with_capacity(new.len());
    for (event, mut published) in new {
        let key = (event.authority.to_string(), event.subject.clone());
        let (before, revision) = (latest.get(&key).copied(), published.revision);
        let number = Latest::number(before, event.time.as_millisecond(), revision);
        latest.insert(key, Latest::with(before, number, revision));
        published.set_order(number);
        rows.push(NewEvent { id: event.id, published, occurred_at: event.time, number });
    }
    events::record(transaction, &rows).await?;
    Ok(())
}
