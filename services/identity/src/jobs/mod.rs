//! What a timer starts.

pub(crate) mod forget;
pub(crate) mod watch_health;
