//! The use cases: storing messages, and sending those that are due.

pub(crate) mod list_undelivered;
pub(crate) mod remind;
pub(crate) mod send;
pub(crate) mod webhooks;
pub(crate) mod write;
