//! The tables of messaging, one set in each service's own database.
//!
//! Private to this crate but for the migrations, which a service lists among its own, and
//! [`Outbox`] and [`Transaction`], which tests and `store/` folders need.

mod inbox;
mod migrations;
mod outbox;
mod published;

pub(crate) use inbox::Inbox;
pub use migrations::{CreateInbox, CreateOutbox, CreatePublishedEvents, IndexOutbox};
pub use outbox::Outbox;
pub(crate) use outbox::{Batch, Lanes};
pub(crate) use published::forget_published;
pub use published::{PublishedCount, PublishedEvents, Republished};

/// The transaction that a [`Handler`](crate::Handler) works in; pass it on to functions in a
/// `store/` folder.
pub type Transaction = sea_orm::DatabaseTransaction;
