//! An agency reads what happened, from where it stood last time.

use ids::ServiceId;
use serde_json::Value;
use vocabulary::EventKind;

use super::manage::{WebhookError, Webhooks};
use crate::{
    store::webhooks::events::{self, Placed},
    webhook::{
        event::{PING, Published},
        replay::Range,
        subscription::Owner,
    },
};

/// How many events one answer looks at, whatever the filter lets through.
const MOST_LOOKED_AT: u64 = 5_000;
/// How many of them are read at once.
const READ_AT_ONCE: u64 = 500;

/// Which events are wanted.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    /// All if absent.
    pub(crate) kind: Option<EventKind>,
    /// All if absent.
    pub(crate) service: Option<ServiceId>,
}

/// A page of the feed.
#[derive(Debug)]
pub(crate) struct Feed {
    pub(crate) events: Vec<Value>,
    /// Where the next page begins.
    pub(crate) next: i64,
    /// Whether there is one already, as far as was looked.
    pub(crate) more: bool,
}

impl Webhooks {
    /// Up to `limit` events after the position `after` that pass the filter, of the next
    /// [`MOST_LOOKED_AT`].
    pub(crate) async fn follow(
        &self,
        owner: &Owner,
        after: i64,
        limit: u16,
        filter: &Filter,
    ) -> Result<Feed, WebhookError> {
        let last = events::last_position(&self.database).await?;
        Range { after, since: None }.must_not_begin_after(last)?;
        let mut feed = Feed { events: Vec::new(), next: after, more: false };
        let at_once = if filter.is_absent() { u64::from(limit) + 1 } else { READ_AT_ONCE };
        let mut looked_at = 0;
        while looked_at < MOST_LOOKED_AT {
            let range = Range { after: feed.next, since: None };
            let authority = &owner.authority;
            let placed = events::range(&self.database, authority, (range, last), at_once).await?;
            let number = placed.len() as u64;
            feed.take(placed, limit, filter);
            if feed.more || number < at_once {
                return Ok(feed);
            }
            looked_at += number;
        }
        feed.more = true;
        Ok(feed)
    }
}

impl Feed {
    /// Takes what passes the filter, until there is no room for the next.
    fn take(&mut self, placed: Vec<Placed>, limit: u16, filter: &Filter) {
        for placed in placed {
            if filter.lets_through(&placed.published) {
                if self.events.len() == usize::from(limit) {
                    self.more = true;
                    return;
                }
                self.events.push(placed.body());
            }
            self.next = placed.position;
        }
    }
}

impl Filter {
    const fn is_absent(&self) -> bool {
        self.kind.is_none() && self.service.is_none()
    }

    fn lets_through(&self, published: &Published) -> bool {
        let kind = self.kind.is_none_or(|kind| published.kind == kind.as_str());
        let concerns = |wanted: &ServiceId| {
            published.services.is_empty()
                || published.services.iter().any(|service| service == wanted.as_str())
        };
        // A ping is between us and one receiver.
        published.kind != PING && kind && self.service.as_ref().is_none_or(concerns)
    }
}
