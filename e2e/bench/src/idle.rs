//! What an authority's process costs while nobody comes.

use std::time::{Duration, Instant};

use redis::aio::MultiplexedConnection;
use serde_json::json;

use crate::{
    Failure, Run,
    authority::PRESET,
    confirm::confirm,
    cpu::Cpu,
    report::{Report, Row},
    service::{Program, Slot, psql},
};

/// Until the connections that a busy hour opened are closed.
const RESTS: Duration = Duration::from_secs(150);
/// Longer than the pauses of all jobs that look at Redis.
const WATCHED: Duration = Duration::from_secs(60);
const OPERATIONS: f64 = 10.0;
const CONNECTIONS: f64 = 4.0;

/// Both rows: a slot service with its relay, as in production, some minutes after people confirmed.
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let limits = json!({ "agency_per_minute": null, "person_per_minute": null, "at_once": null });
    let bus = json!({ "url": { "value": run.rabbitmq }, "namespace": "bench-idle" });
    let program = Program { binary: &run.fairtermin, preset: PRESET };
    let settings = [("limits", limits), ("bus", bus)];
    let slot = Slot::start_with(run, &program, "idle", 100, &settings).await?;
    confirm(&slot, 0).await?;
    println!("  the service rests for {} s ...", RESTS.as_secs());
    tokio::time::sleep(RESTS).await;

    let client = redis::Client::open(run.redis.as_str())?;
    let mut redis = client.get_multiplexed_async_connection().await?;
    let (before, began) = (operations(&mut redis).await?, Instant::now());
    let busy = Cpu::taken(run, slot.pid()?).await?;
    let mut most = 0.0_f64;
    while began.elapsed() < WATCHED {
        most = most.max(connections(run, &slot).await?);
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
    let took = began.elapsed().as_secs_f64();
    let busy = Cpu::taken(run, slot.pid()?).await?.each_since(busy, 1);
    // What this program asked meanwhile is a handful in a minute, and is counted.
    let rate = (operations(&mut redis).await? - before) / took;
    let mut add = |name: &str, ratio, detail| {
        report.add(Row { name: name.to_owned(), ratio, target: 1.0, at_least: false, detail });
    };
    let share = busy.program / 1e6 / took;
    let detail = format!("{rate:.1} per s over {took:.0} s, {:.1} % of a core", share * 100.0);
    add("idle: Redis operations a second / 10", rate / OPERATIONS, detail);
    let detail = format!("{most:.0} at most");
    add("idle: PostgreSQL connections / 4", most / CONNECTIONS, detail);
    Ok(())
}

/// Commands since Redis began, those of scripts too.
async fn operations(redis: &mut MultiplexedConnection) -> Result<f64, Failure> {
    let info: redis::InfoDict = redis::cmd("INFO").arg("stats").query_async(redis).await?;
    let operations = info.get::<f64>("total_commands_processed");
    operations.ok_or_else(|| "Redis does not count its commands".into())
}

/// Open connections to the service's database but for the one that asks. The server's own workers are none.
async fn connections(run: &Run, slot: &Slot) -> Result<f64, Failure> {
    let count = "SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend'
        AND pid <> pg_backend_pid()";
    Ok(psql(run, &slot.database, &[count]).await?.trim().parse()?)
}
