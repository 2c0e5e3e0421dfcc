//! What the service asks of Redis while nobody comes.

use std::time::Duration;

use crate::{
    loss::OwnRedis,
    office::{CATALOGUE, Office},
};

/// Longer than the pauses between all looks at Redis but the sweep's.
const WATCHED: Duration = Duration::from_secs(10);
/// In that time: ten in a second, those of scripts and of the sweep too.
const MOST_COMMANDS: i64 = 100;
/// Until the sweep has seen what was booked, and availability that nothing changes.
const QUIET_WITHIN: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_service_asks_redis_less_than_ten_times_a_second() {
    let Some(redis) = OwnRedis::start().await else { return };
    let Some(office) = Office::with_redis(CATALOGUE, &redis.url).await else { return };
    for time in ["10:00", "10:30", "11:00"] {
        office.book(&office.person(), "passport", time).await;
    }
    let asked = testkit::eventually(QUIET_WITHIN, async || {
        let before = redis.commands().await?;
        tokio::time::sleep(WATCHED).await;
        let asked = redis.commands().await? - before;
        (asked <= MOST_COMMANDS).then_some(asked)
    })
    .await;
    testkit::report(format_args!("idle: {asked} commands of Redis in {WATCHED:?}"));
}
