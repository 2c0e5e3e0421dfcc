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
    /// Whether there is one already.
    pub(crate) more: bool,
}

impl Webhooks {
    /// Up to `limit` events after the position `after`, of those that pass the filter.
    pub(crate) async fn follow(
        &self,
        owner: &Owner,
        after: i64,
        limit: u16,
        filter: &Filter,
    ) -> Result<Feed, WebhookError> {
        let limit = usize::from(limit);
        let range = Range { after, since: None };
        let placed =
            events::range(&self.database, &owner.authority, range, limit as u64 + 1).await?;
        let more = placed.len() > limit;
        let read = &placed[..placed.len().min(limit)];
        Ok(Feed {
            next: read.last().map_or(after, |last| last.position),
            more,
            events: read
                .iter()
                .filter(|placed| filter.lets_through(&placed.published))
                .map(Placed::body)
                .collect(),
        })
    }
}

impl Filter {
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
