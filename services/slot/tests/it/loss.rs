//! Redis loses its memory, or is away, while people book.

use std::{
    collections::BTreeSet,
    net::TcpListener,
    process::{Child, Command, Stdio},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::{
    office::{ApiResponse, Office},
    store,
};

/// Where nothing else of this machine takes ports: one that was free stays free until the server has it.
const ADDRESS: &str = "127.0.0.3";

/// A Redis server of a test's own, so that it may be hurt.
pub struct OwnRedis {
    server: Child,
    pub url: String,
    _data: tempfile::TempDir,
}

impl OwnRedis {
    /// Starts one if the engines of this run are there.
    pub async fn start() -> Option<Self> {
        testkit::redis_url()?;
        let port = TcpListener::bind((ADDRESS, 0)).unwrap().local_addr().unwrap().port();
        let data = tempfile::tempdir().unwrap();
        let server = Command::new("redis-server")
            .args(["--bind", ADDRESS, "--port", &port.to_string(), "--save", ""])
            .arg("--dir")
            .arg(data.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("redis-server is installed where a Redis is given");
        let redis = Self { server, url: format!("redis://{ADDRESS}:{port}"), _data: data };
        testkit::eventually(Duration::from_secs(60), async || redis.run("PING").await.ok()).await;
        Some(redis)
    }

    async fn run(&self, command: &str) -> redis::RedisResult<()> {
        let client = redis::Client::open(self.url.as_str())?;
        let mut connection = client.get_multiplexed_async_connection().await?;
        redis::cmd(command).query_async::<redis::Value>(&mut connection).await.map(drop)
    }

    /// How many commands it has processed, this question and those of scripts too.
    pub async fn commands(&self) -> Option<i64> {
        let client = redis::Client::open(self.url.as_str()).ok()?;
        let mut connection = client.get_multiplexed_async_connection().await.ok()?;
        let mut info = redis::cmd("INFO");
        let info: redis::InfoDict = info.arg("stats").query_async(&mut connection).await.ok()?;
        info.get("total_commands_processed")
    }

    fn stop(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }
}

impl Drop for OwnRedis {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// An authority with 100 locations of three desks.
fn hundred_locations() -> String {
    let location = |number: usize| {
        format!(
            "    place-{number}:\n      name: {{de: Ort}}\n      \
             address: {{street: Weg 1, postalCode: \"10178\"}}\n      desks: 3\n      \
             services: {{passport: {{}}}}\n      bookable: {{fromDays: 0, toDays: 30}}\n      \
             opening: {{daily: *daily}}\n"
        )
    };
    let places: String = (0..100).map(location).collect();
    format!("{}{places}", crate::office::CATALOGUE)
}

/// So many holds in a row, without a 503 between them, show that people can book.
const MANY: usize = 200;

#[derive(Default)]
struct Counts {
    stop: AtomicBool,
    lost_at: OnceLock<Instant>,
    confirmed: AtomicUsize,
    refused: AtomicUsize,
    /// Milliseconds after the loss at which the last 503 came.
    last_refusal: AtomicUsize,
    /// Holds after the last 503.
    held_since: AtomicUsize,
}

/// On a machine that nothing else keeps busy it costs less than two seconds. What it takes is printed.
const BACK_WITHIN_MS: usize = 60_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_flushed_redis_costs_a_moment_and_no_booking() {
    let Some(redis) = OwnRedis::start().await else { return };
    let office = Office::with_redis(&hundred_locations(), &redis.url).await.unwrap();
    let office = Arc::new(office);
    let seen = Arc::new(Counts::default());
    let clients: Vec<_> = (0..16)
        .map(|number| {
            let (office, seen) = (Arc::clone(&office), Arc::clone(&seen));
            tokio::spawn(async move { keep_booking(&office, &seen, number).await })
        })
        .collect();

    let held = async |many: usize| {
        testkit::eventually(Duration::from_secs(180), async || {
            (seen.held_since.load(Ordering::SeqCst) >= many).then_some(())
        })
        .await;
    };
    held(MANY).await;
    seen.lost_at.set(Instant::now()).unwrap();
    redis.run("FLUSHALL").await.unwrap();
    seen.held_since.store(0, Ordering::SeqCst);
    held(MANY).await;
    seen.stop.store(true, Ordering::SeqCst);
    for client in clients {
        client.await.unwrap();
    }

    let at = |number: &AtomicUsize| number.load(Ordering::SeqCst);
    let (refused, last) = (at(&seen.refused), at(&seen.last_refusal));
    testkit::report(format_args!(
        "flushed: {refused} times 503, the last after {last} ms, {} booked",
        at(&seen.confirmed)
    ));
    assert!(last < BACK_WITHIN_MS, "holds were refused for {last} ms");
    let mut booked = Vec::new();
    for number in 0..100 {
        booked.extend(office.confirmed_at(&format!("place-{number}"), office.at("08:00")).await);
    }
    assert_eq!(booked.len(), at(&seen.confirmed), "none is lost");
    let seat =
        |booking: &Value| ["location", "desk", "start"].map(|name| booking[name].to_string());
    let seats: BTreeSet<_> = booked.iter().map(seat).collect();
    assert_eq!(seats.len(), booked.len(), "none is double");
}

/// One person after the other, each at a place and time of their own choice.
async fn keep_booking(office: &Office, seen: &Counts, client: usize) {
    for round in 0.. {
        if seen.stop.load(Ordering::SeqCst) {
            return;
        }
        let person = office.person();
        let place = format!("place-{}", (client * 37 + round * 11) % 100);
        let minutes = i64::try_from((client * 7 + round * 3) % 48 * 10).unwrap();
        let start: Timestamp = office.at("08:00") + SignedDuration::from_mins(minutes);
        let wish = json!({ "location": place, "start": start, "services": ["passport"] });
        let hold = office.post("/v1/holds", &office.token(&person), wish).await;
        match hold.status {
            201 => {
                seen.held_since.fetch_add(1, Ordering::SeqCst);
                confirm(office, seen, &person, &hold).await;
            }
            409 => {}
            503 => {
                assert_eq!(hold.headers["retry-after"], "1");
                let lost_at = seen.lost_at.get().expect("nothing is refused before the loss");
                let since = lost_at.elapsed().as_millis();
                seen.refused.fetch_add(1, Ordering::SeqCst);
                seen.last_refusal.fetch_max(usize::try_from(since).unwrap(), Ordering::SeqCst);
                seen.held_since.store(0, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            status => panic!("{status}: {}", hold.body),
        }
    }
}

async fn confirm(
    office: &Office,
    seen: &Counts,
    person: &crate::office::Person,
    hold: &ApiResponse,
) {
    let key = hold.body["hold_id"].as_str().unwrap();
    let answer = office.confirm(person, hold, key).await;
    match answer.status {
        201 => {
            seen.confirmed.fetch_add(1, Ordering::SeqCst);
        }
        // The hold was lost with the others, and another person took the seat meanwhile.
        409 => {}
        status => panic!("{status}: {}", answer.body),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_valid_hold_is_confirmed_while_redis_is_away_and_holds_say_when_to_come_again() {
    let Some(mut redis) = OwnRedis::start().await else { return };
    let office = Office::with_redis(crate::office::CATALOGUE, &redis.url).await.unwrap();
    let (person, other) = (office.person(), office.person());
    let hold = office.hold(&person, "passport", "10:00").await.expect(201);
    redis.stop();
    office.confirm(&person, &hold, "key-1").await.expect(201);
    assert_eq!(office.bookings_of(&person).await.len(), 1);
    let refused = office.hold(&other, "passport", "11:00").await;
    let refused = refused.expect_problem(503, "holds-unavailable");
    assert_eq!(refused.headers["retry-after"], "1");
    // It still does what it can, so it stays on the network.
    office.read("/readyz").await.expect(200);
}

/// The database comes back as it was before some bookings: a restore, or a failover that lost commits.
#[tokio::test(flavor = "multi_thread")]
async fn seats_of_bookings_that_the_database_lost_are_free_again_without_anybody_asking() {
    let Some(office) = Office::real().await else { return };
    for time in ["10:00", "11:00"] {
        office.book(&office.person(), "passport", time).await;
    }
    store::run(&office.database_url, "DELETE FROM reservations; DELETE FROM bookings").await;
    office.hold(&office.person(), "passport", "10:00").await.expect_problem(409, "slot-taken");
    for time in ["10:00", "11:00"] {
        testkit::eventually(Duration::from_secs(180), async || {
            // Each try is another person's, since asking again for what is taken must wait.
            let hold = office.hold(&office.person(), "passport", time).await;
            (hold.status == 201).then_some(())
        })
        .await;
    }
}
