//! Real engines for tests, and the patience to wait for them.
//!
//! `e2e/services.sh start` starts PostgreSQL, Redis (one alone and a cluster of three) and
//! RabbitMQ on free ports and prints the variables that this crate reads. Without them a test
//! runs on the embedded adapter only and says so; with `FAIRTERMIN_TEST_REQUIRE=1` (as in
//! `make test`) a missing engine is a failure, so that nothing is skipped in silence.

mod engines;
mod eventually;
pub mod hostile_provider;
mod report;
mod silent;
mod store;

pub use engines::{rabbitmq_url, redis_cluster, redis_url};
pub use eventually::eventually;
pub use report::report;
pub use silent::SilentProxy;
pub use store::postgres_url;
