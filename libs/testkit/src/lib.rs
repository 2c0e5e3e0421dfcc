//! Real engines for tests, and waits for them with a deadline.
//!
//! `e2e/services.sh start` starts PostgreSQL, Redis (one alone and a cluster of three) and RabbitMQ
//! on free ports and prints the variables that this crate reads. Without them a test fails and
//! names what it did not prove. `FAIRTERMIN_TEST_WITHOUT_ENGINES=1` lets it pass on the embedded
//! adapters alone; it still names what it did not prove.
//!
//! Virtual time and seeded randomness are in `ambient`; the in-process bus is in `messaging`. Here
//! is only what needs a real thing outside: an engine, a port, a silent network.
//!
//! # Which one a test takes
//!
//! | the test needs | take |
//! |---|---|
//! | a database of its own, empty | `postgres_url`; on SQLite, `sqlite::memory:` needs nothing |
//! | a database of its own with a service's schema | `Template`: migrated once, then copied |
//! | a broker or Redis | `rabbitmq_url`, `redis_url`, `redis_cluster`, with a namespace of its own |
//! | to say what it could not prove without an engine | `not_proven` |
//! | something to become true | `eventually`: it asks again until a deadline |
//! | an engine that stops answering without closing | `SilentProxy` |
//! | a provider that lies | `hostile_provider` |
//! | to print a number beside a passed test | `report` |

mod engines;
mod eventually;
pub mod hostile_provider;
mod report;
mod silent;
mod store;

pub use engines::{not_proven, rabbitmq_url, redis_cluster, redis_url};
pub use eventually::eventually;
pub use report::report;
pub use silent::SilentProxy;
pub use store::{Template, postgres_url};
