//! The use cases: storing messages, and sending those that are due.

pub(crate) mod address_code;
pub(crate) mod notice;
pub(crate) mod remind;
pub(crate) mod send;
pub(crate) mod webhooks;
pub(crate) mod write;
