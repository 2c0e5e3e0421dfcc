//! What every running service has: logs, request ids, health and an orderly end.
//!
//! * [`init`] sets up logs: JSON for machines, short lines for people. No personal data, no
//!   paths with identifiers: requests are logged by route pattern.
//! * [`RequestLog`] gives each request an id, which the answer carries too, and a place in its
//!   trace ([`TraceContext`]), which goes with requests to other services, with events and into
//!   their logs.
//! * [`Readiness`] collects what a service depends on, [`Metrics`] its numbers; [`health_routes`]
//!   and [`metrics_route`] serve both.
//! * [`Shutdown`] tells every part of a process to finish; [`drain`] lets clients go first.
//!
//! Why four things in one library: they share one fact, which request or event a task works for.
//! The middleware knows it, log lines and events and outgoing calls need it, and the readiness of a
//! service decides how an answer ends.
//!
//! The reader's path: [`RequestLog`] for what happens to a request, `current.rs` for how its id
//! reaches a log line, [`health_routes`] for what an operator asks. Not here: exporting spans. A
//! trace id in logs, events and headers joins what belongs together without a collector.
//!
//! To add a number: [`Metrics::gauge`] or [`Metrics::counter`] with a word for its help. To add a
//! part of readiness: [`Readiness::part`].
//!
//! # Where to change what
//!
//! | you want | look at |
//! |---|---|
//! | the form of a log line, or what is never logged | `logs.rs` |
//! | what is noted of each request | `request_log.rs` |
//! | how a trace goes on in other services and in events | `trace.rs`, `current.rs` |
//! | what `/readyz` says | `health.rs` |
//! | a number for Prometheus | `metrics.rs` |
//! | the order in which a process ends | `shutdown.rs` (the signal), `ending.rs` and `drain.rs` (what follows) |

mod current;
mod drain;
mod ending;
mod health;
mod logs;
mod metrics;
mod request_log;
mod shutdown;
mod trace;

pub use current::carry;
pub use drain::drain;
pub use health::{Part, Readiness, health_routes, metrics_route};
pub use logs::{Format, init};
pub use metrics::Metrics;
pub use prometheus_client::metrics::{counter::Counter, gauge::Gauge};
pub use request_log::RequestLog;
pub use shutdown::Shutdown;
pub use trace::{InvalidTraceContext, TRACEPARENT, TraceContext};
