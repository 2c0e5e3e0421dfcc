//! Webhooks to a receiver that we did not write, started by `e2e/webhooks/test.sh`.

use std::{collections::BTreeMap, time::Duration};

use ambient::{Clock as _, SystemClock, VirtualClock};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{support::SOON, webhooks::World};

/// Bookings of a measurement, and how many of them happen in a second.
const BOOKINGS: usize = 80;
const PER_SECOND: u32 = 20;

/// The receiver of this run.
struct Receiver(String);

impl Receiver {
    /// From now on it believes what this secret signed, and nothing else.
    async fn believes(&self, secret: &str) {
        let url = format!("{}/secret", self.0);
        let request = reqwest::Client::new().put(url).body(secret.to_owned());
        assert_eq!(request.send().await.unwrap().status(), 204);
    }

    /// When it was told of each booking, in milliseconds since 1970.
    async fn arrived(&self) -> BTreeMap<String, f64> {
        let arrived = reqwest::get(format!("{}/arrived", self.0)).await.unwrap();
        let arrived: Vec<(String, f64)> = arrived.json().await.unwrap();
        arrived.into_iter().collect()
    }

    /// Until it has `count` deliveries of a kind: `verified` or `refused`.
    async fn has(&self, kind: &str, count: u64) {
        testkit::eventually(SOON, async || {
            let counts = reqwest::get(format!("{}/counts", self.0)).await.unwrap();
            let counts: Value = counts.json().await.unwrap();
            (counts[kind].as_u64() >= Some(count)).then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs an agency's receiver: e2e/webhooks/test.sh"]
async fn a_standard_library_verifies_what_we_sign_before_and_after_a_rotation() {
    let receiver = std::env::var("FAIRTERMIN_TEST_WEBHOOK").expect("run: e2e/webhooks/test.sh");
    let receiver = Receiver(receiver);
    // The receiver refuses what is older than five minutes by its own clock.
    let world = World::start_at(VirtualClock::at(SystemClock.now())).await;
    let subscription = json!({ "url": format!("{}/hook", receiver.0) });
    let (id, first) = world.subscribe(subscription).await;
    receiver.believes(&first).await;
    world.call(Method::POST, &format!("/{id}/ping"), Value::Null).await;
    receiver.has("verified", 1).await;
    world.book().await;
    receiver.has("verified", 2).await;

    let (_, body) = world.call(Method::POST, &format!("/{id}/rotate"), Value::Null).await;
    let second = body["secret"].as_str().unwrap();
    world.book().await;
    receiver.has("verified", 3).await;
    receiver.believes(second).await;
    world.book().await;
    receiver.has("verified", 4).await;

    receiver.believes("whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldA==").await;
    world.book().await;
    receiver.has("refused", 1).await;
    world.service.stop().await;
}

/// People book at a steady pace; how late the receiver heard of each, in milliseconds, sorted.
async fn lags(world: &World, receiver: &Receiver) -> Vec<f64> {
    let mut booked = Vec::new();
    let mut pace = tokio::time::interval(Duration::from_secs(1) / PER_SECOND);
    for _ in 0..BOOKINGS {
        pace.tick().await;
        let began = SystemClock.now().as_millisecond() as f64;
        booked.push((world.book().await, began));
    }
    let arrived = testkit::eventually(SOON, async || {
        let arrived = receiver.arrived().await;
        booked.iter().all(|(booking, _)| arrived.contains_key(booking)).then_some(arrived)
    })
    .await;
    let mut lags: Vec<_> = booked.iter().map(|(booking, at)| arrived[booking] - at).collect();
    lags.sort_by(f64::total_cmp);
    lags
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs an agency's receiver: e2e/webhooks/test.sh"]
async fn a_receiver_hears_everything_in_time_beside_one_that_hangs() {
    let receiver = std::env::var("FAIRTERMIN_TEST_WEBHOOK").expect("run: e2e/webhooks/test.sh");
    let receiver = Receiver(receiver);
    let world = World::start_at(VirtualClock::at(SystemClock.now())).await;
    let subscribe = async |path: &str| {
        world.subscribe(json!({ "url": format!("{}/{path}", receiver.0) })).await.0
    };
    subscribe("good").await;
    let alone = lags(&world, &receiver).await;
    let mut hanging = Vec::new();
    for _ in 0..5 {
        hanging.push(subscribe("hang").await);
    }
    let beside = lags(&world, &receiver).await;
    let (median, most) = (BOOKINGS / 2, BOOKINGS - 2);
    println!(
        "lag alone {:.0} ms, {:.0} ms at most; beside one that hangs {:.0} ms, {:.0} ms at most",
        alone[median], alone[most], beside[median], beside[most]
    );
    // A busy machine may be slow now and then; one that waits for the neighbour waits 15 seconds.
    assert!(beside[median] <= 2.0 * alone[median] + 50.0, "{alone:?} {beside:?}");
    assert!(beside[most] <= 2.0 * alone[most] + 500.0, "{alone:?} {beside:?}");
    for id in hanging {
        assert_ne!(world.webhook(&id).await["waiting"], 0, "they had something to hang on");
    }
    world.service.stop().await;
}
