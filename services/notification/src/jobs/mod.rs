//! What timers start.

use std::time::Duration;

use service::Mode;

pub(crate) mod delete_expired;
pub(crate) mod notify_agencies;
pub(crate) mod plan_webhooks;
pub(crate) mod send;
pub(crate) mod share_wakes;
pub(crate) mod watch_bus;

/// How often jobs look for what nobody woke them for. In production that is what a process left that
/// died; each is woken for all else, by its own process or by another. The clock of a demo or a test
/// may be moved, which wakes nobody.
pub(crate) const fn poll(mode: Mode) -> Duration {
    match mode {
        Mode::Production => Duration::from_secs(15),
        Mode::Demo => Duration::from_secs(1),
    }
}
