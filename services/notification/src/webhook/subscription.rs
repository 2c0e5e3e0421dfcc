//! An agency that wants to hear of events.

use ids::{AuthorityId, ClientId, SubscriptionId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{batch::Batching, event::Published, health::Health};

/// Whose subscriptions: an agency's with one authority.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Owner {
    pub(crate) authority: AuthorityId,
    pub(crate) client: ClientId,
}

/// In which order events of one booking are delivered. Events of different bookings never wait for
/// each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = WebhookOrdering)]
pub(crate) enum Ordering {
    /// As they happened: the next one of a booking waits until the earlier one was taken, or was
    /// given up after three days.
    #[default]
    Booking,
    /// At once, in any order: `data.order` tells which of two is newer.
    None,
}

/// Why an endpoint is paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = WebhookPauseReason)]
pub(crate) enum PauseReason {
    /// It failed for hours.
    Failing,
    /// It answered 410.
    Gone,
}

/// A paused endpoint keeps what it misses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pause {
    pub(crate) since: Timestamp,
    pub(crate) reason: PauseReason,
}

/// What one agency subscribed to.
#[derive(Debug, Clone)]
pub(crate) struct Subscription {
    pub(crate) id: SubscriptionId,
    pub(crate) owner: Owner,
    pub(crate) url: String,
    /// Empty means all.
    pub(crate) events: Vec<String>,
    /// Empty means all.
    pub(crate) services: Vec<String>,
    pub(crate) ordering: Ordering,
    /// One event per delivery if absent.
    pub(crate) batching: Option<Batching>,
    pub(crate) sealed_secrets: Vec<u8>,
    /// The address that gets a message about a pause, sealed.
    pub(crate) sealed_contact: Option<Vec<u8>>,
    /// Absent while deliveries go out.
    pub(crate) pause: Option<Pause>,
    pub(crate) health: Health,
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

impl Ordering {
    /// The word in the API and in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Booking => "booking",
            Self::None => "none",
        }
    }
}

impl PauseReason {
    /// The word in the API and in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Failing => "failing",
            Self::Gone => "gone",
        }
    }
}
