//! A server that falls silent.

use std::time::{Duration, Instant};

use sea_orm::ConnectionTrait as _;
use store::Database;
use testkit::SilentProxy;

/// Each of the connections of a pool.
const CONNECTIONS: usize = 16;
const WAIT_TIMEOUT: Duration = Duration::from_secs(10);

/// The proxy and a database behind it.
async fn behind_a_proxy() -> Option<(SilentProxy, Database)> {
    let url = testkit::postgres_url().await?;
    let (user, rest) = url.split_once('@').unwrap();
    let (server, name) = rest.split_once('/').unwrap();
    let proxy = SilentProxy::before(server).await;
    let url = format!("{user}@{}/{name}", proxy.address());
    Some((proxy, Database::connect(&url).await.unwrap()))
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_fell_silent_in_a_transaction_are_replaced() {
    let Some((proxy, database)) = behind_a_proxy().await else { return };
    let mut transactions = Vec::new();
    for _ in 0..CONNECTIONS {
        transactions.push(database.begin().await.unwrap());
    }
    proxy.fall_silent();
    for transaction in &transactions {
        let hung = tokio::time::timeout(
            Duration::from_millis(10),
            transaction.execute_unprepared("SELECT 1"),
        );
        assert!(hung.await.is_err(), "the proxy is silent");
    }
    drop(transactions);
    let asked = Instant::now();
    assert!(database.begin().await.is_err(), "the server is silent");
    assert!(asked.elapsed() < WAIT_TIMEOUT);
    proxy.speak_again();
    testkit::eventually(WAIT_TIMEOUT, async || database.begin().await.ok()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn idle_connections_that_fell_silent_keep_nobody_waiting() {
    let Some((proxy, database)) = behind_a_proxy().await else { return };
    let transactions: Vec<_> =
        vec![database.begin().await.unwrap(), database.begin().await.unwrap()];
    drop(transactions);
    proxy.fall_silent();
    let asked = Instant::now();
    assert!(database.begin().await.is_err(), "the server is silent");
    assert!(database.ping().await.is_err(), "the server is silent");
    assert!(asked.elapsed() < WAIT_TIMEOUT);
    proxy.speak_again();
    testkit::eventually(WAIT_TIMEOUT, async || database.begin().await.ok()).await;
}

/// The server ends a statement that takes too long, also if its client is gone.
#[tokio::test]
async fn a_lock_is_not_waited_for_longer_than_a_request_may_take() {
    let Some(url) = testkit::postgres_url().await else { return };
    let database = Database::connect(&url).await.unwrap();
    let lock = "SELECT pg_advisory_xact_lock(7)";
    let first = database.begin().await.unwrap();
    first.execute_unprepared(lock).await.unwrap();
    let second = database.begin().await.unwrap();
    let asked = Instant::now();
    assert!(second.execute_unprepared(lock).await.is_err());
    assert!(asked.elapsed() < WAIT_TIMEOUT);
}
