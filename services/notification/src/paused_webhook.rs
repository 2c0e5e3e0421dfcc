//! An agency's endpoint that was paused, as its agency is told of it.

use ids::{AuthorityId, SubscriptionId};
use jiff::Timestamp;

use crate::{text::Language, webhook::failure::Failure};

/// What the notice says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PausedWebhook {
    pub(crate) language: Language,
    pub(crate) authority: AuthorityId,
    pub(crate) webhook: SubscriptionId,
    /// The host of its address, without path and query.
    pub(crate) server: String,
    /// When it began to fail.
    pub(crate) since: Timestamp,
    pub(crate) failure: Option<Failure>,
    /// How many events wait.
    pub(crate) waiting: u64,
}
