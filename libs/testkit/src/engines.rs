//! Where the engines of this test run are.

/// The value of `variable`, or `None` with a note that the test is narrower without `engine`.
///
/// # Panics
/// If it is missing although `FAIRTERMIN_TEST_REQUIRE=1` says that it must be there.
pub(crate) fn address(variable: &str, engine: &str) -> Option<String> {
    let address = std::env::var(variable).ok().filter(|text| !text.is_empty());
    if address.is_none() {
        let required = std::env::var("FAIRTERMIN_TEST_REQUIRE").is_ok_and(|text| text == "1");
        assert!(!required, "{variable} is not set, but this run must test against {engine}");
        eprintln!("skipped: no {engine} (start it with: eval \"$(e2e/services.sh start)\")");
    }
    address
}

/// The Redis server of this run, `redis://host:port`. Tests share it: use keys of your own.
#[must_use]
pub fn redis_url() -> Option<String> {
    address("FAIRTERMIN_TEST_REDIS", "Redis")
}

/// The nodes of the Redis cluster of this run, each `redis://host:port`.
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
