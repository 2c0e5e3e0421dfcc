//! What timers start.

use std::time::Duration;

use service::Mode;

pub(crate) mod delete_expired;
pub(crate) mod notify_agencies;
pub(crate) mod plan_webhooks;
pub(crate) mod send;
pub(crate) mod share_wakes;
pub(crate) mod watch_bus;

/// How often jobs look for work without being woken. In production a process that died left such work;
/// for all else a job is woken by its own process or by another. In a demo or a test the clock may be
/// moved, which wakes no job.
pub(crate) const fn poll(mode: Mode) -> Duration {
    match mode {
        Mode::Production => Duration::from_secs(15),
        Mode::Demo => Duration::from_secs(1),
    }
}
