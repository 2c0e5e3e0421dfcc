//! Webhooks to a receiver that we did not write, started by `e2e/webhooks/test.sh`.

use ambient::{Clock as _, SystemClock, VirtualClock};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{support::SOON, webhooks::World};

/// The receiver of this run.
struct Receiver(String);

impl Receiver {
    /// From now on it believes what this secret signed, and nothing else.
    async fn believes(&self, secret: &str) {
        let url = format!("{}/secret", self.0);
        let request = reqwest::Client::new().put(url).body(secret.to_owned());
        assert_eq!(request.send().await.unwrap().status(), 204);
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
