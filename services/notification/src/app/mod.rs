//! What happens in this service: somebody is to be told something; what is due is sent.

pub(crate) mod address_code;
pub(crate) mod notice;
pub(crate) mod remind;
pub(crate) mod send;
pub(crate) mod webhooks;
pub(crate) mod write;
