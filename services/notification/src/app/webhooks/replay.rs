//! An agency has events delivered again.

use ids::{EventId, SubscriptionId};
use jiff::Timestamp;

use super::manage::{WebhookError, Webhooks};
use crate::{
    store::webhooks::{
        deliveries::{self, NewDelivery},
        events, replays,
    },
    webhook::{
        event::PING,
        replay::{Range, Replayed},
        subscription::Owner,
    },
};

/// Events that one replay goes over.
const MAX_EVENTS: u64 = 10_000;

/// From where on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReplayFrom {
    /// After this position, and only what happened at that instant or later.
    Range(Range),
    /// This event and what came after it.
    Event(EventId),
}

impl ReplayFrom {
    /// What is compared when an `Idempotency-Key` comes again.
    fn as_text(self) -> String {
        match self {
            Self::Range(Range { after, since }) => {
                format!("after {after} since {}", since.map_or(0, Timestamp::as_millisecond))
            }
            Self::Event(event) => format!("event {event}"),
        }
    }
}

impl Webhooks {
    /// Delivers again what this webhook wants of the events from there on. What still waits is not
    /// doubled. With the same `key` a second time nothing is replayed: the answer is the first one.
    pub(crate) async fn replay(
        &self,
        owner: &Owner,
        id: SubscriptionId,
        from: ReplayFrom,
        key: Option<&str>,
    ) -> Result<Replayed, WebhookError> {
        let subscription = self.find(owner, id).await?;
        let connection = self.database.connection();
        let request = from.as_text();
        if let Some(key) = key
            && let Some((before, replayed)) = replays::find(connection, id, key).await?
        {
            let is_same = before == request;
            return is_same.then_some(replayed).ok_or(WebhookError::OtherRequest);
        }
        let range = self.range(owner, from).await?;
        // Read first: what is recorded meanwhile is behind it.
        let last = events::last_position(&self.database).await?;
        range.must_not_begin_after(last)?;
        let (authority, most) = (&owner.authority, MAX_EVENTS + 1);
        let mut found = events::range(&self.database, authority, (range, last), most).await?;
        let more = found.len() as u64 > MAX_EVENTS;
        found.truncate(MAX_EVENTS as usize);
        // Nothing since that instant: the reader stands at the end, and not where it began.
        let end = if range.since.is_some() { range.after.max(last) } else { range.after };
        let next = found.last().map_or(end, |last| last.position);
        let wanted = found.into_iter().filter(|placed| {
            placed.published.kind != PING && subscription.wants(&placed.published)
        });
        let planned: Vec<_> = wanted
            .map(|placed| NewDelivery {
                subscription: id,
                position: placed.position,
                subject: placed.published.subject,
                due_at: None,
            })
            .collect();
        deliveries::plan(connection, &planned).await?;
        let count = i64::try_from(planned.len()).unwrap_or(i64::MAX);
        let replayed = Replayed { count, next, more };
        if let Some(key) = key {
            let now = self.clock.now();
            replays::add(connection, id, (key, &request), replayed, now).await?;
        }
        self.wakes.changed.wake();
        Ok(replayed)
    }

    async fn range(&self, owner: &Owner, from: ReplayFrom) -> Result<Range, WebhookError> {
        match from {
            ReplayFrom::Range(range) => Ok(range),
            ReplayFrom::Event(event) => {
                let connection = self.database.connection();
                let found = events::position_of(connection, &owner.authority, event).await?;
                let position = found.ok_or(WebhookError::UnknownEvent)?;
                Ok(Range { after: position - 1, since: None })
            }
        }
    }
}
