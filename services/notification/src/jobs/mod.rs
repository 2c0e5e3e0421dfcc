//! What timers start.

pub(crate) mod send;
pub(crate) mod watch_bus;
