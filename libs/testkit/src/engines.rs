//! Where the engines of this test run are.
//!
//! A green run must mean that something was proven. Without this rule a machine that lacks
//! PostgreSQL would pass half of the suite by skipping it.

use crate::report;

/// Its value `1` lets tests pass that prove less, or nothing, for lack of an engine.
const WITHOUT_ENGINES: &str = "FAIRTERMIN_TEST_WITHOUT_ENGINES";

/// Fails the running test, because `needed` is not there and so something is not proven. `start`
/// says how to get it. With `FAIRTERMIN_TEST_WITHOUT_ENGINES=1` the test goes on with what it can
/// prove, and a line that the test runner does not swallow names what it cannot.
///
/// Call it where the test would use the engine, and return after it.
///
/// # Panics
/// Unless the variable allows the run to prove less.
pub fn not_proven(needed: &str, start: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    if std::env::var(WITHOUT_ENGINES).is_ok_and(|text| text == "1") {
        report(format_args!("not proven on {needed}: {test}"));
        return;
    }
    panic!(
        "not proven on {needed}: {test}. Run: {start}; or set {WITHOUT_ENGINES}=1 to test what is \
         possible without"
    );
}

/// The value of `variable`, which names `engine`. `None` only in a run that may prove less.
///
/// # Panics
/// See [`not_proven`].
pub(crate) fn address(variable: &str, engine: &str) -> Option<String> {
    let address = std::env::var(variable).ok().filter(|text| !text.is_empty());
    if address.is_none() {
        not_proven(engine, "eval \"$(e2e/services.sh start)\"");
    }
    address
}

/// The Redis server of this run, `redis://host:port`. Tests share it: use keys of your own.
#[must_use]
pub fn redis_url() -> Option<String> {
    address("FAIRTERMIN_TEST_REDIS", "Redis")
}

/// The nodes of the Redis cluster of this run, each `redis://host:port`: three masters. Tests share
/// it: use keys of your own.
#[must_use]
pub fn redis_cluster() -> Option<Vec<String>> {
    let nodes = address("FAIRTERMIN_TEST_REDIS_CLUSTER", "a Redis cluster")?;
    Some(nodes.split(',').map(|node| format!("redis://{node}")).collect())
}

/// The RabbitMQ server of this run, `amqp://user:password@host:port/%2f`. Tests share it: use
/// exchange and queue names of your own.
#[must_use]
pub fn rabbitmq_url() -> Option<String> {
    address("FAIRTERMIN_TEST_RABBITMQ", "RabbitMQ")
}
