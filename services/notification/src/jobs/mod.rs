//! What timers start.

pub(crate) mod delete_expired;
pub(crate) mod deliver_webhooks;
pub(crate) mod send;
pub(crate) mod watch_bus;
