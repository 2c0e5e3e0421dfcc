//! What a pool keeps open while little happens.

use std::time::Duration;

use store::Database;

use crate::{ENOUGH, number};

/// That of the listener, and the others of a pool.
const CONNECTIONS: i64 = 16;
/// What is left of them.
const KEPT: i64 = 3;
const QUIET: Duration = Duration::from_millis(300);
const EVERY: Duration = Duration::from_millis(50);

#[tokio::test(flavor = "multi_thread")]
async fn what_a_busy_time_opened_is_closed_though_a_job_looks_all_the_time() {
    let Some(url) = testkit::postgres_url().await else { return };
    let witness = Database::connect(&url).await.unwrap();
    let watched = format!("{url}?application_name=watched");
    let database = Database::connect_resting_after(&watched, QUIET).await.unwrap();
    let _listener = database.listen("hints").await.unwrap();
    let mut busy = Vec::new();
    for _ in 1..CONNECTIONS {
        busy.push(database.begin().await.unwrap());
    }
    assert_eq!(open(&witness).await, CONNECTIONS);
    drop(busy);
    let rests = testkit::eventually(ENOUGH, async || (open(&witness).await <= KEPT).then_some(()));
    tokio::select! {
        () = look_all_the_time(&database) => {}
        () = rests => {}
    }
}

/// As a job does that has something to do now and then.
async fn look_all_the_time(database: &Database) {
    let mut ticks = tokio::time::interval(EVERY);
    loop {
        ticks.tick().await;
        database.ping().await.unwrap();
    }
}

async fn open(witness: &Database) -> i64 {
    let sql = "SELECT count(*) FROM pg_stat_activity \
        WHERE datname = current_database() AND application_name = 'watched'";
    number(witness, sql).await
}
