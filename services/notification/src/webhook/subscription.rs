//! An agency that wants to hear of events.

use ids::{AuthorityId, ClientId, SubscriptionId};
use jiff::Timestamp;

use super::event::Published;

/// What one agency subscribed to.
#[derive(Debug, Clone)]
pub(crate) struct Subscription {
    pub(crate) id: SubscriptionId,
    pub(crate) authority: AuthorityId,
    pub(crate) client: ClientId,
    pub(crate) url: String,
    /// Empty means all.
    pub(crate) events: Vec<String>,
    /// Empty means all.
    pub(crate) services: Vec<String>,
    pub(crate) sealed_secrets: Vec<u8>,
    /// Paused subscriptions keep what they miss.
    pub(crate) active: bool,
    pub(crate) failing_since: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
}

impl Subscription {
    /// Whether the event passes its filters.
    pub(crate) fn wants(&self, published: &Published) -> bool {
        let kind = self.events.is_empty() || self.events.contains(&published.kind);
        let concerns = |wanted: &String| published.services.contains(wanted);
        // Events of no known service match each subscription.
        let service = self.services.is_empty()
            || published.services.is_empty()
            || self.services.iter().any(concerns);
        kind && service
    }
}
