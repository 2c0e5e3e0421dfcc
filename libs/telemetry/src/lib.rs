//! What every running service has: logs, request ids, health and an orderly end.
//!
//! * [`init`] sets up logs: JSON for machines, short lines for people. No personal data, no
//!   paths with identifiers: requests are logged by route pattern.
//! * [`RequestLog`] gives each request an id, which the answer carries too.
//! * [`Readiness`] collects what a service depends on, [`Metrics`] its numbers; [`health_routes`]
//!   serves both.
//! * [`Shutdown`] tells every part of a process to finish; [`drain`] lets clients go first.

mod drain;
mod ending;
mod health;
mod logs;
mod metrics;
mod request;
mod request_log;
mod shutdown;

pub use drain::drain;
pub use health::{Part, Readiness, health_routes};
pub use logs::{Format, init};
pub use metrics::Metrics;
pub use prometheus_client::metrics::{counter::Counter, gauge::Gauge};
pub use request_log::RequestLog;
pub use shutdown::Shutdown;
