//! The built-in mailbox of a demo.

use std::sync::Arc;

use ambient::{Clock, Entropy};
use async_trait::async_trait;
use ids::MessageId;
use jiff::Timestamp;
use messaging::SealingKey;
use store::{Database, StoreError};

use super::{Delivery, DeliveryError};
use crate::{mail::Mail, store::mailbox as rows};

const NEWEST: u64 = 200;

/// Messages that stay here instead of being sent.
#[derive(Debug, Clone)]
pub(crate) struct Mailbox {
    pub(crate) database: Database,
    pub(crate) person_data: Arc<SealingKey>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
}

/// A message in the mailbox.
#[derive(Debug)]
pub(crate) struct Delivered {
    pub(crate) at: Timestamp,
    pub(crate) mail: Mail,
}

/// The mailbox cannot be read.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) struct Unreadable(#[from] StoreError);

impl Mailbox {
    /// The newest messages, newest first.
    pub(crate) async fn newest(&self) -> Result<Vec<Delivered>, Unreadable> {
        let stored = rows::newest(&self.database, NEWEST).await?;
        Ok(stored.iter().filter_map(|stored| self.open(stored)).collect())
    }

    /// One message.
    pub(crate) async fn find(&self, id: MessageId) -> Result<Option<Delivered>, Unreadable> {
        let stored = rows::find(&self.database, id).await?;
        Ok(stored.and_then(|stored| self.open(&stored)))
    }

    /// `None` if the key has changed since: a demo that starts afresh on an old file.
    fn open(&self, stored: &rows::Stored) -> Option<Delivered> {
        let plain = self.person_data.open(&stored.sealed, &stored.id).ok()?;
        let mail = serde_json::from_slice(&plain).ok()?;
        Some(Delivered { at: stored.delivered_at, mail })
    }
}

#[async_trait]
impl Delivery for Mailbox {
    async fn deliver(&self, mail: &Mail) -> Result<(), DeliveryError> {
        let never = |error: &dyn std::fmt::Display| DeliveryError::Never(error.to_string());
        let plain = serde_json::to_vec(mail).map_err(|error| never(&error))?;
        let sealed = self
            .person_data
            .seal(&plain, &mail.id.to_string(), &*self.entropy)
            .map_err(|error| never(&error))?;
        rows::put(&self.database, mail.id, mail.person, self.clock.now(), sealed)
            .await
            .map_err(|error| DeliveryError::Later(error.to_string()))
    }
}
