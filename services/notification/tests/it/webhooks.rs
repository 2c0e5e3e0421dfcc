//! Agencies follow along: signed, filtered, retried, paused, replayed.

use std::num::NonZeroU8;

use ambient::{Clock as _, SeededEntropy, SystemEntropy, VirtualClock};
use auth::{ProofTarget, SigningKey};
use jiff::SignedDuration;
use messaging::InProcessBus;
use notification::WebhookSettings;
use proto::{
    booking::v1::{Attendance, BookingAttended},
    session::v1::ClientRevoked,
};
use reference::undocumented;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    agency::{Identity, Receiver},
    support::{
        NOW, NUMBER, SERVICE, SOON, Service, appointment, confirmed, mailbox, person, postgres_url,
        settings,
    },
};

/// A service with one agency that may subscribe.
pub struct World {
    pub service: Service,
    pub identity: Identity,
}

impl World {
    pub async fn start() -> Self {
        Self::start_on("sqlite::memory:", true).await
    }

    pub async fn start_on(database: &str, allow_private_addresses: bool) -> Self {
        let clock = VirtualClock::at(NOW.parse().unwrap());
        Self::with(database, allow_private_addresses, clock).await
    }

    pub async fn start_at(clock: VirtualClock) -> Self {
        Self::with("sqlite::memory:", true, clock).await
    }

    pub async fn with(database: &str, allow_private_addresses: bool, clock: VirtualClock) -> Self {
        let change = |webhooks: &mut WebhookSettings| {
            webhooks.allow_private_addresses = allow_private_addresses;
        };
        Self::changed(database, clock, change).await
    }

    /// An attempt may take minutes: what waits for one is there much later than a busy machine explains.
    pub async fn with_long_attempts() -> Self {
        let clock = VirtualClock::at(NOW.parse().unwrap());
        let change =
            |webhooks: &mut WebhookSettings| webhooks.delivery.timeout_seconds = NonZeroU8::MAX;
        Self::changed("sqlite::memory:", clock, change).await
    }

    async fn changed(
        database: &str,
        clock: VirtualClock,
        change: impl FnOnce(&mut WebhookSettings),
    ) -> Self {
        let identity = Identity::start();
        let mut settings = settings(database, mailbox());
        let mut webhooks = identity.settings();
        change(&mut webhooks);
        settings.webhooks = Some(webhooks);
        let service = Service::start_with(settings, InProcessBus::new(), clock).await;
        Self { service, identity }
    }

    pub async fn call(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        let token = self.identity.token("zab", "lea", "events:subscribe", &self.service.clock);
        self.call_with(&token, method, path, body).await
    }

    pub async fn call_with(
        &self,
        token: &str,
        method: Method,
        path: &str,
        body: Value,
    ) -> (u16, Value) {
        let path = format!("/v1/lea/webhooks{path}");
        self.ask(token, method, &path, body).await
    }

    /// Whatever a test asks, the answer is what the API's document says.
    pub async fn ask(&self, token: &str, method: Method, path: &str, body: Value) -> (u16, Value) {
        self.ask_with_key(token, None, method, path, body).await
    }

    /// The same with an `Idempotency-Key`.
    pub async fn ask_with_key(
        &self,
        token: &str,
        key: Option<&str>,
        method: Method,
        path: &str,
        body: Value,
    ) -> (u16, Value) {
        let mut request = reqwest::Client::new()
            .request(method.clone(), format!("{}{path}", self.service.base))
            .bearer_auth(token)
            .header("content-type", "application/json")
            .body(body.to_string());
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        let document = notification::openapi_document();
        let wrong = undocumented(&document, method.as_str(), path, status, &body);
        assert_eq!(wrong, None, "{body}");
        (status, body)
    }

    /// The feed, from `query` on.
    pub async fn feed(&self, query: &str) -> (u16, Value) {
        let token = self.identity.token("zab", "lea", "events:subscribe", &self.service.clock);
        self.ask(&token, Method::GET, &format!("/v1/lea/events{query}"), Value::Null).await
    }

    pub async fn subscribe(&self, subscription: Value) -> (String, String) {
        let (status, body) = self.call(Method::POST, "", subscription).await;
        assert_eq!(status, 201, "{body}");
        let text = |key: &str| body[key].as_str().unwrap().to_owned();
        (text("id"), text("secret"))
    }

    /// What the agency sees of one webhook.
    pub async fn webhook(&self, id: &str) -> Value {
        let (status, body) = self.call(Method::GET, &format!("/{id}"), Value::Null).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    /// The same, once it is as wanted.
    pub async fn webhook_once(&self, id: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        testkit::eventually(SOON, async || {
            let webhook = self.webhook(id).await;
            wanted(&webhook).then_some(webhook)
        })
        .await
    }

    pub async fn book(&self) -> String {
        let booked = appointment(person(), "de");
        self.service.hear(&booked.series_id, &confirmed(&booked)).await;
        booked.booking_id
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_agency_learns_nothing_more_with_the_token_that_it_has() {
    let world = World::start().await;
    let (receiver, url) = Receiver::start(&[]);
    world.subscribe(json!({ "url": url })).await;
    let token = world.identity.token("zab", "lea", "events:subscribe", &world.service.clock);
    let feed = async || world.ask(&token, Method::GET, "/v1/lea/events", Value::Null).await.0;
    assert_eq!(feed().await, 200);
    let revoked = ClientRevoked { client_id: "zab".to_owned() };
    testkit::eventually(SOON, async || {
        world.service.hear("zab", &revoked).await;
        (feed().await == 401).then_some(())
    })
    .await;
    drop(receiver);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_hears_of_what_it_asked_for_and_of_no_person() {
    for url in databases().await {
        let world = World::start_on(&url, true).await;
        let (receiver, url) = Receiver::start(&[]);
        let subscription =
            json!({ "url": url, "events": ["booking-confirmed"], "services": [SERVICE] });
        world.subscribe(subscription).await;
        let (by_number, url) = Receiver::start(&[]);
        world.subscribe(json!({ "url": url, "services": [NUMBER] })).await;
        let (other, url) = Receiver::start(&[]);
        world.subscribe(json!({ "url": url, "services": ["999999"] })).await;
        let booking = world.book().await;
        let received = receiver.wait_for(1).await.remove(0);
        let event = received.event();
        assert_eq!(event["specversion"], "1.0");
        assert_eq!(event["type"], "fairtermin.booking-confirmed.v1");
        assert_eq!(event["id"], received.id.as_str());
        assert_eq!(event["data"]["booking_id"], booking.as_str());
        // What the API calls a service, whatever the filter says.
        assert_eq!(event["data"]["services"], json!([SERVICE]));
        let event = by_number.wait_for(1).await.remove(0).event();
        assert_eq!(event["data"]["services"], json!([SERVICE]));
        assert_eq!(event["data"]["start"], "2027-01-12T10:30:00+01:00");
        assert!(!received.body.contains("psn_") && !received.body.contains("K7QD"), "{received:?}");

        let attended = BookingAttended {
            booking_id: booking,
            pseudonym: person().to_string(),
            attendance: Attendance::Missed.into(),
            happened_at_ms: world.service.clock.now().as_millisecond(),
        };
        world.service.hear("attended", &attended).await;
        // Not of a service it filters for, but it concerns no known service.
        let event = other.wait_for(1).await.remove(0).event();
        assert_eq!(event["data"]["attendance"], "missed");
        assert_eq!(receiver.now().len(), 1);
        world.service.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signatures_are_of_the_secret_and_of_both_after_a_rotation() {
    let world = World::start().await;
    let (receiver, url) = Receiver::start(&[]);
    let (id, first) = world.subscribe(json!({ "url": url })).await;
    let (status, _) = world.call(Method::POST, &format!("/{id}/ping"), Value::Null).await;
    assert_eq!(status, 202);
    let ping = receiver.wait_for(1).await.remove(0);
    assert_eq!(ping.event()["type"], "fairtermin.ping.v1");
    assert_eq!(ping.timestamp, world.service.clock.now().as_second().to_string());
    assert!(first.starts_with("whsec_") && !ping.signature.contains(' '), "{ping:?}");
    let (_, body) = world.call(Method::POST, &format!("/{id}/rotate"), Value::Null).await;
    assert_ne!(body["secret"], first.as_str());
    world.book().await;
    let booked = receiver.wait_for(2).await.remove(1);
    assert_eq!(booked.signature.split(' ').filter(|one| one.starts_with("v1,")).count(), 2);
    let (_, list) = world.call(Method::GET, "", Value::Null).await;
    assert_eq!(list["webhooks"][0]["id"], id.as_str());
    assert!(!list.to_string().contains("whsec_"), "{list}");
    world.service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_receiver_is_asked_again_then_paused_and_misses_nothing() {
    let world = World::start().await;
    let (receiver, url) = Receiver::start(&[500, 302, 503]);
    let (id, _) = world.subscribe(json!({ "url": url })).await;
    world.book().await;
    for (count, (status, pause)) in [(500, 5), (302, 300), (503, 5)].into_iter().enumerate() {
        receiver.wait_for(count + 1).await;
        world.webhook_once(&id, |it| it["last_failure"]["status"] == status).await;
        // A fifth longer at most.
        world.service.clock.advance(SignedDuration::from_secs(pause * 6 / 5));
    }
    receiver.wait_for(4).await;
    let ids: std::collections::BTreeSet<_> = receiver.now().into_iter().map(|one| one.id).collect();
    assert_eq!(ids.len(), 1, "the same event each time");

    // It wants no more: paused at once, until the agency says so.
    receiver.answer_next(410);
    world.book().await;
    receiver.wait_for(5).await;
    testkit::eventually(SOON, async || {
        let (_, list) = world.call(Method::GET, "", Value::Null).await;
        (list["webhooks"][0]["state"] == "paused").then_some(())
    })
    .await;
    world.book().await;
    let webhook = world.webhook_once(&id, |it| it["waiting"] == 2).await;
    assert_eq!(webhook["paused"]["reason"], "gone");
    assert_eq!(receiver.now().len(), 5);
    // Asked twice it does no more than once.
    for _ in 0..2 {
        let (status, _) = world.call(Method::POST, &format!("/{id}/resume"), Value::Null).await;
        assert_eq!(status, 204);
    }
    receiver.wait_for(7).await;
    world.webhook_once(&id, |it| it["waiting"] == 0 && it["state"] == "active").await;
    assert_eq!(receiver.now().len(), 7);
    world.service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_can_have_events_again_from_where_it_was() {
    let world = World::start().await;
    let (receiver, url) = Receiver::start(&[]);
    let (id, _) = world.subscribe(json!({ "url": url })).await;
    for count in 1..=3 {
        world.book().await;
        receiver.wait_for(count).await;
    }
    let first: i64 = receiver.now()[0].event()["sequence"].as_str().unwrap().parse().unwrap();
    let replay = format!("/{id}/replay");
    let (status, body) = world.call(Method::POST, &replay, json!({ "after": first })).await;
    assert_eq!((status, &body["replayed"]), (202, &json!(2)));
    let all = receiver.wait_for(5).await;
    let again: Vec<_> = all[3..].iter().map(|one| one.id.clone()).collect();
    assert!(again.contains(&all[1].id) && again.contains(&all[2].id));
    world.service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_subscribes_without_the_right_or_into_a_private_network() {
    let world = World::start_on("sqlite::memory:", false).await;
    let clock = &world.service.clock;
    let subscription = || json!({ "url": "https://hooks.example.org/" });
    let cases = [
        ("", 401),
        (&*world.identity.token("zab", "kfz", "events:subscribe", clock), 401),
        (&*world.identity.token("zab", "lea", "slots:read", clock), 403),
    ];
    for (token, expected) in cases {
        let (status, body) = world.call_with(token, Method::POST, "", subscription()).await;
        assert_eq!(status, expected, "{body}");
    }
    let inside = ["https://127.0.0.1/", "https://[fd00::1]/", "https://localhost/hook"];
    for url in inside.into_iter().chain(["http://example.org/", "nonsense"]) {
        let (status, body) = world.call(Method::POST, "", json!({ "url": url })).await;
        assert_eq!((status, &body["code"]), (400, &json!("invalid-request")), "{url}");
    }
    let unknown = json!({ "url": "https://hooks.example.org/", "events": ["everything"] });
    assert_eq!(world.call(Method::POST, "", unknown).await.0, 400);
    assert_eq!(world.call(Method::POST, "", json!({ "uri": "x" })).await.0, 400);

    let (id, _) = world.subscribe(subscription()).await;
    let stranger = world.identity.token("other", "lea", "events:subscribe", clock);
    let path = format!("/{id}");
    assert_eq!(world.call_with(&stranger, Method::DELETE, &path, Value::Null).await.0, 404);
    assert_eq!(world.call(Method::DELETE, &path, Value::Null).await.0, 204);
    // Repeated, it is as gone as before; read, it is not there.
    assert_eq!(world.call(Method::DELETE, &path, Value::Null).await.0, 204);
    assert_eq!(world.call(Method::GET, &path, Value::Null).await.0, 404);
    assert_eq!(world.call_with(&stranger, Method::DELETE, &path, Value::Null).await.0, 404);
    world.service.stop().await;
}

pub async fn databases() -> Vec<String> {
    let embedded = "sqlite::memory:".to_owned();
    [Some(embedded), postgres_url().await].into_iter().flatten().collect()
}

#[actix_web::test]
async fn a_stolen_token_of_an_agency_is_worth_nothing() {
    let world = World::start().await;
    let clock = &world.service.clock;
    let (key, thief) = (auth_key(1), auth_key(2));
    let token = world.identity.bound_token(&key, "events:subscribe", clock);
    let path = "/v1/lea/webhooks";
    let send = async |scheme: &str, proof: Option<&str>| {
        let request = reqwest::Client::new().get(format!("{}{path}", world.service.base));
        let mut request = request.header("authorization", format!("{scheme} {token}"));
        if let Some(proof) = proof {
            request = request.header("dpop", proof);
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        (status, response.json::<Value>().await.unwrap()["code"].clone())
    };
    let prove = |key: &SigningKey, path: &str| {
        let url = format!("{}{path}", world.service.base).parse().unwrap();
        let target = ProofTarget { method: "GET", url: &url, token: Some(&token) };
        key.prove(&target, clock, &SystemEntropy).unwrap()
    };
    let (right, invalid) = (prove(&key, path), Value::from("invalid-dpop-proof"));
    assert_eq!(send("DPoP", Some(&right)).await.0, 200);
    for proof in [
        Some(right),
        None,
        Some(prove(&thief, path)),
        Some(prove(&key, "/v1/kfz/webhooks")),
        Some(prove(&key, "/v1/lea/events")),
    ] {
        assert_eq!(send("DPoP", proof.as_deref()).await, (401, invalid.clone()), "{proof:?}");
    }
    assert_eq!(send("Bearer", None).await, (401, "invalid-token".into()));
}

fn auth_key(seed: u64) -> SigningKey {
    SigningKey::generate(&SeededEntropy::new(seed)).unwrap()
}
