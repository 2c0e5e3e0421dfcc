//! The store against real databases.

mod address;
mod migrations;
mod rests;
mod silent;

use std::{
    future::Future as _,
    pin::pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use store::Database;

const ENOUGH: Duration = Duration::from_secs(20);
/// More than the pool has connections, so that each of them is met.
const OFTEN: usize = 64;

/// A client that hangs up drops its request wherever it is. What others write afterwards must not
/// end up in a transaction that is never committed.
#[tokio::test]
async fn a_transaction_given_up_at_any_step_of_its_beginning_takes_nothing_of_others() {
    let Some(url) = testkit::postgres_url().await else { return };
    let (database, witness) =
        (Database::connect(&url).await.unwrap(), Database::connect(&url).await.unwrap());
    run(&database, "CREATE TABLE written (number INTEGER)").await;
    let mut written = 0;
    for polls in 1..=8 {
        for _ in 0..OFTEN {
            give_up_after(polls, &database).await;
            run(&database, "INSERT INTO written VALUES (1)").await;
            written += 1;
            // Undone: a transaction left open before it would be undone with it.
            drop(database.begin().await.unwrap());
        }
        assert_eq!(count(&witness).await, written, "given up after {polls} steps");
    }
    testkit::eventually(ENOUGH, async || (left_open(&witness).await == 0).then_some(())).await;
}

/// Polls the beginning of a transaction a few times and drops it.
async fn give_up_after(polls: usize, database: &Database) {
    let mut begin = pin!(database.begin());
    for _ in 0..polls {
        let mut nobody = Context::from_waker(Waker::noop());
        if let Poll::Ready(begun) = begin.as_mut().poll(&mut nobody) {
            begun.unwrap();
            return;
        }
        // Lets the server answer and the runtime hear of it.
        database.ping().await.unwrap();
    }
}

async fn run(database: &Database, sql: &str) {
    database.connection().execute_unprepared(sql).await.unwrap();
}

async fn count(database: &Database) -> i64 {
    number(database, "SELECT count(*) FROM written").await
}

async fn left_open(database: &Database) -> i64 {
    let sql = "SELECT count(*) FROM pg_stat_activity \
        WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
    number(database, sql).await
}

async fn number(database: &Database, sql: &str) -> i64 {
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let row = database.connection().query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}
