//! Where a message is handed over.
//!
//! Two ways exist: [`smtp`] and, for a demo, [`mailbox`]. Another channel (the mailbox of a BundID
//! account, SMS) is another [`Delivery`]; a person's contact would then say which one to use.

pub(crate) mod mailbox;
pub(crate) mod smtp;

use async_trait::async_trait;

use super::Mail;

/// Takes messages.
#[async_trait]
pub(crate) trait Delivery: Send + Sync + std::fmt::Debug {
    /// Hands the message over. May be called again for the same message (same id) if it is not
    /// known whether it arrived.
    async fn deliver(&self, mail: &Mail) -> Result<(), DeliveryError>;
}

/// Why a message was not taken. The texts are for staff and hold no personal data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DeliveryError {
    /// It may be taken later.
    #[error("not delivered yet: {0}")]
    Later(String),
    /// It will never be taken, for example because the address does not exist.
    #[error("cannot be delivered: {0}")]
    Never(String),
}
