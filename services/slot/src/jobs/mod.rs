//! What runs without anybody asking. Each job reads the state and acts on it, so that it may be
//! started at any moment, anywhere, twice.

pub mod close_past_bookings;
pub mod forget;
pub mod rebuild_holds;
pub mod repair_holds;
pub mod watch_catalogue;
pub mod watch_health;
