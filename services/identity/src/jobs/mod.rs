//! What a timer starts.

pub(crate) mod delete_expired;
pub(crate) mod watch_health;
