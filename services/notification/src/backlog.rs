//! What an operator asks about messages and webhooks from outside. Reads only.

use jiff::Timestamp;
use store::{Database, StoreError};

use crate::store::{messages, webhooks::subscriptions};

/// What waits, over all authorities. Says nothing of any person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// When the oldest e-mail was stored that is due and was not sent. One that waits for its next
    /// attempt, or for an address, is not due.
    pub oldest_due_message: Option<Timestamp>,
    /// Endpoints of agencies that get nothing until their agency resumes them.
    pub paused_webhooks: u64,
}

impl Backlog {
    pub(crate) async fn read(database: &Database, now: Timestamp) -> Result<Self, StoreError> {
        Ok(Self {
            oldest_due_message: messages::oldest_due(database, now).await?,
            paused_webhooks: subscriptions::count_paused(database.connection()).await?,
        })
    }
}
